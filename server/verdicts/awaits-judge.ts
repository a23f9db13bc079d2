/**
 * Whether a stored verdict is stale: time, facts or the catalogue require judging it again. Alias `v` is verdict; `now` is a parameter.
 * Hours a catalogue change touched are judged in the background, yet read by the new terms at once.
 */
export function awaitsJudge(now: `$${number}`): string {
  return `(coalesce(v.next_due_at <= ${now}, false)
            OR EXISTS (SELECT FROM hour_task k WHERE k.event_type_id = v.event_type_id AND k.action IN ('judge', 'retime')
                                                 AND v.hour >= k.from_hour AND v.hour < k.next_hour))`;
}

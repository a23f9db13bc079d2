/**
 * Whether a stored verdict is behind: time, facts or the catalogue ask for another judgement of it. Of `v` verdict; `now` is a parameter.
 * A past that a catalogue change touched is judged in the background, and read by the new terms from the first moment.
 */
export function awaitsJudge(now: `$${number}`): string {
  return `(coalesce(v.next_due_at <= ${now}, false)
            OR EXISTS (SELECT FROM hour_task k WHERE k.event_type_id = v.event_type_id AND k.action IN ('judge', 'retime')
                                                 AND v.hour >= k.from_hour AND v.hour < k.next_hour))`;
}

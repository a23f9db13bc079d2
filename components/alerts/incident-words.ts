import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";

/** How it stands, for somebody who reads one sentence only. */
export function incidentSentence(incident: IncidentSummaryJson, asOf: string): string {
  const { state, since, resolvedAt, acknowledgedBy, assignee } = incident;
  const whose = assignee === null ? "" : ` ${assignee} has it.`;
  if (state === "resolved" && resolvedAt !== null) {
    return `Resolved after ${formatDuration(secondsBetween(since, resolvedAt))}.${whose}`;
  }
  const lasts = `For ${formatDuration(secondsBetween(since, asOf))}. ${recoveryText(incident)}`;
  const known = state === "acknowledged" && acknowledgedBy !== null ? ` ${acknowledgedBy} is looking at it.` : "";
  return `${lasts}${known}${whose}`;
}

/** "12 of 40 hours of 9 types are well again." */
export function recoveryText({ hurtHours, recoveredHours, eventTypeCount }: IncidentSummaryJson): string {
  if (hurtHours === 0) return "It hurts no hour so far.";
  const types = formatCountOf(eventTypeCount, "type");
  if (recoveredHours === 0) return `It hurts ${formatCountOf(hurtHours, "hour")} of ${types}; none is well again.`;
  return `${formatCount(recoveredHours)} of ${formatCountOf(hurtHours, "hour")} of ${types} ${recoveredHours === 1 ? "is" : "are"} well again.`;
}

/** How long until Tidemark noticed, until somebody looked, and until it was over; in words, "–" for what did not come. */
export function responseTimes({ since, openedAt, acknowledgedAt, resolvedAt }: IncidentSummaryJson) {
  const after = (at: string | null) => (at === null ? "–" : formatDuration(secondsBetween(since, at)));
  return [
    { name: "noticed after", text: after(openedAt) },
    { name: "acknowledged after", text: after(acknowledgedAt) },
    { name: "resolved after", text: after(resolvedAt) },
  ];
}

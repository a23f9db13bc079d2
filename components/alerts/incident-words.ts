import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";

/** Its status, for those who read only one sentence. */
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

/** How many of the affected hours of how many types have recovered. */
export function recoveryText({ hurtHours, recoveredHours, eventTypeCount }: IncidentSummaryJson): string {
  if (hurtHours === 0) return "It hurts no hour so far.";
  const types = formatCountOf(eventTypeCount, "type");
  if (recoveredHours === 0) return `It hurts ${formatCountOf(hurtHours, "hour")} of ${types}; none is well again.`;
  return `${formatCount(recoveredHours)} of ${formatCountOf(hurtHours, "hour")} of ${types} ${recoveredHours === 1 ? "is" : "are"} well again.`;
}

/**
 * The time until Tidemark noticed, until it was acknowledged and until it was resolved; in words, "–" for what did not
 * happen.
 */
export function responseTimes({ since, openedAt, acknowledgedAt, resolvedAt }: IncidentSummaryJson) {
  const after = (at: string | null) => (at === null ? "–" : formatDuration(secondsBetween(since, at)));
  return [
    { name: "noticed after", text: after(openedAt) },
    { name: "acknowledged after", text: after(acknowledgedAt) },
    { name: "resolved after", text: after(resolvedAt) },
  ];
}

import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";

/** Its status, for those who read only one sentence. */
export function incidentSentence(incident: IncidentSummaryJson, asOf: string): string {
  const { state, since, resolvedAt, acknowledgedBy, assignee } = incident;
  const whose = assignee === null ? "" : ` Assigned to ${assignee}.`;
  if (state === "resolved" && resolvedAt !== null) {
    return `Resolved after ${formatDuration(secondsBetween(since, resolvedAt))}.${whose}`;
  }
  const lasts = `For ${formatDuration(secondsBetween(since, asOf))}. ${recoveryText(incident)}`;
  const known = state === "acknowledged" && acknowledgedBy !== null ? ` Acknowledged by ${acknowledgedBy}.` : "";
  return `${lasts}${known}${whose}`;
}

/** How many of the affected hours of how many types have recovered. */
export function recoveryText({ hurtHours, recoveredHours, eventTypeCount }: IncidentSummaryJson): string {
  if (hurtHours === 0) return "No hours affected.";
  const types = formatCountOf(eventTypeCount, "event type");
  const affected = `${formatCountOf(hurtHours, "hour")} of ${types} affected`;
  return `${affected}; ${recoveredHours === 0 ? "none" : formatCount(recoveredHours)} recovered${recoveredHours < hurtHours ? " so far" : ""}.`;
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

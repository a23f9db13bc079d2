import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { IncidentHourJson, IncidentJson, IncidentSummaryJson } from "#domain/api/alerts.ts";
import { finalStates } from "#domain/revision.ts";

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

/** How many of the affected hours of how many types are over, and how, as far as every one of them is known here. */
export function recoveryText(incident: IncidentSummaryJson & Partial<Pick<IncidentJson, "hours">>): string {
  const { affectedHours, recoveredHours, eventTypeCount } = incident;
  if (affectedHours === 0) return "No hours affected.";
  const types = formatCountOf(eventTypeCount, "event type");
  const affected = `${formatCountOf(affectedHours, "hour")} of ${types} affected`;
  return `${affected}; ${overText(incident)}${recoveredHours < affectedHours ? " so far" : ""}.`;
}

const outcomes = ["recovered", "accepted", "closed with loss", "final"] as const;

function overText({ affectedHours, recoveredHours, hours = [] }: Parameters<typeof recoveryText>[0]): string {
  if (recoveredHours === 0) return "none recovered";
  // Lists of incidents have no hours, and an incident's are cut: their number alone is sure.
  if (hours.length < affectedHours) return `${formatCount(recoveredHours)} final or accepted`;
  const over = Map.groupBy(
    hours.filter(({ recoveredAt }) => recoveredAt !== null),
    outcomeOf,
  );
  return outcomes
    .flatMap((outcome) => (over.has(outcome) ? `${formatCount(over.get(outcome)?.length ?? 0)} ${outcome}` : []))
    .join(", ");
}

/** `final`: its verdict is no longer stored, or is being amended. */
function outcomeOf({ state, accepted }: IncidentHourJson): (typeof outcomes)[number] {
  if (accepted !== null) return "accepted";
  if (state === "complete") return "recovered";
  return state !== null && finalStates.has(state) ? "closed with loss" : "final";
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

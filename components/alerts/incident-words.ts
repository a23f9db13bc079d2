import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import { withoutToday } from "#domain/moment.ts";
import { readSituation, sayEffect, sayMuted } from "#domain/situation.ts";

type Spoken = Pick<IncidentSummaryJson, "situation" | "state" | "acknowledgedBy" | "assignee">;

/** What its record says, and who has it. */
export function incidentSentence({ situation, state, acknowledgedBy, assignee }: Spoken): string {
  const known = state === "acknowledged" && acknowledgedBy !== null ? ` Acknowledged by ${acknowledgedBy}.` : "";
  const whose = assignee === null ? "" : ` Assigned to ${assignee}.`;
  return `${situation.sentence}${known}${whose}`;
}

/** The rest of a sentence that begins with its title, which stands before it as a link; or all of it. */
export function afterTitle(sentence: string, title: string): string {
  return sentence.startsWith(title) ? sentence.slice(title.length) : ` ${sentence}`;
}

/** How many of the affected hours are over, and how. */
export function effectText({ situation }: Pick<IncidentSummaryJson, "situation">): string {
  return sayEffect(readSituation(situation));
}

/** Why an incident has no notifications, as of the instant. */
export function noNotificationText(
  { situation, state }: Pick<IncidentSummaryJson, "situation" | "state">,
  asOf: string,
): string {
  const { muted } = readSituation(situation);
  if (muted !== null) return withoutToday(`None. ${sayMuted(muted)}`, new Date(asOf));
  return state === "resolved"
    ? "None. It was resolved before its first notification was due."
    : "None yet: the first is sent once its route’s group wait has passed.";
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

import type { CauseCode } from "../explain.ts";
import { formatCount, formatCountOf } from "../figures.ts";
import { bareMomentOf, momentOf } from "../moment.ts";
import { hasCaughtUp } from "./recovery.ts";
import type { Muted, Situation } from "./situation.ts";

type Said = Omit<Situation, "sentence">;

/** What, since when, what it touches, whether it gets better. The sentence of every screen, notification and answer. */
export function saySituation(situation: Said, now: Date): string {
  return [
    `${situation.title} ${sayTime(situation)}.`,
    sayEffect(situation),
    situation.phase === "recovering" && sayRecovery(situation, now),
    isMuted(situation, now) && situation.muted && sayMuted(situation.muted),
  ]
    .filter((part) => typeof part === "string")
    .join(" ");
}

/** An end that has passed is no news, nor is what kept an ended incident quiet. */
function isMuted({ phase, muted }: Said, now: Date): boolean {
  return phase !== "over" && muted !== null && (muted.until === null || muted.until > now);
}

function sayTime({ phase, onset, phaseSince }: Said): string {
  if (phase !== "over") return `since ${momentOf(onset.at)}`;
  const [from, to] = [bareMomentOf(onset.at), momentOf(phaseSince)];
  const isSameDay = from.slice(0, 10) === to.slice(0, 10);
  return `from ${from} to ${isSameDay ? to.slice(11) : to}`;
}

/** "40 hours of 40 event types affected: 3 deadlines missed, 12 at risk; 25 recovered, 1 closed with loss (30 of 900 events)." */
export function sayEffect({ phase, onset, cause, extent: { hours }, impact }: Said): string {
  if (!hours) return sayNoHour(phase, onset);
  const affected = `${formatCountOf(hours.affected, "hour")} of ${formatCountOf(hours.eventTypeCount, "event type")} affected`;
  const deadlines = [
    impact.missedDeadlines > 0 && `${formatCountOf(impact.missedDeadlines, "deadline")} missed`,
    impact.hoursAtRisk > 0 && `${formatCount(impact.hoursAtRisk)} at risk`,
  ].filter((part) => part !== false);
  const cost = deadlines.length > 0 ? `: ${deadlines.join(", ")}` : "";
  return `${affected}${cost}; ${sayOutcomes(hours, impact, { phase, cause })}.`;
}

/** Known by its first alert alone, an incident has not been looked into. */
function sayNoHour(phase: Said["phase"], onset: Said["onset"]): string {
  if (phase === "over") return "No hour was affected.";
  return onset.source === "alert" ? "Affected hours are not known yet." : "No hour affected yet.";
}

function sayOutcomes(
  hours: NonNullable<Said["extent"]["hours"]>,
  impact: Said["impact"],
  { phase, cause }: Pick<Said, "phase" | "cause">,
): string {
  const recovered = hours.final - hours.lossy;
  const outcomes = [
    recovered > 0 && `${formatCount(recovered)} recovered`,
    hours.accepted > 0 && `${formatCount(hours.accepted)} accepted`,
    hours.lossy > 0 && sayLossy(hours.lossy, impact, cause.code),
  ].filter((part) => part !== false);
  if (outcomes.length > 0) return outcomes.join(", ");
  return phase === "over" ? "none recovered" : "none recovered yet";
}

/** Final and not complete, by what its events became. */
function sayLossy(lossy: number, { lost, duplicated, produced }: Said["impact"], code: CauseCode): string {
  if (lost > 0) {
    const events =
      produced === null ? formatCountOf(lost, "event") : `${formatCount(lost)} of ${formatCountOf(produced, "event")}`;
    return `${formatCount(lossy)} closed with loss (${events} lost)`;
  }
  const why = duplicated > 0 ? ` (${sayBeyond(duplicated, code)})` : "";
  return `${formatCount(lossy)} final but not complete${why}`;
}

/** What was delivered beyond what was counted came twice only where everyone has counted. */
function sayBeyond(duplicated: number, code: CauseCode): string {
  if (code === "reporters_missing") return `${formatCountOf(duplicated, "more event")} delivered than counted`;
  return `${formatCountOf(duplicated, "event")} duplicated`;
}

function sayRecovery({ recovery, extent: { hours } }: Said, now: Date): string {
  if (recovery === null) return "None of its alerts fires any more.";
  const isClosed = hours === null || hours.final + hours.accepted === hours.affected;
  if (hasCaughtUp(recovery) && isClosed) return "Caught up; waiting for its alerts to clear.";
  if (recovery.p50At <= now) return "Catching up, the last hours are about to close.";
  return `Catching up, all closed by about ${momentOf(recovery.p50At)}.`;
}

/** Why its firing alerts are not notified. */
export function sayMuted({ reason, until }: Muted): string {
  const end = until === null ? "" : ` until ${momentOf(until)}`;
  switch (reason) {
    case "snoozed":
      return `Snoozed${end}.`;
    case "silenced":
      return `Silenced${end}.`;
    case "inhibited":
      return "Not notified: other alerts inhibit its alerts.";
    case "mute-time":
      return "Not notified: its routes are muted at this time.";
    case "no-channel":
      return "Not notified: no route leads its alerts to a channel.";
  }
}

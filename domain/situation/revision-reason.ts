import { formatCount, formatCountOf } from "../figures.ts";
import { momentOf } from "../moment.ts";
import { startingForMs } from "./next-phase.ts";
import { hasCaughtUp } from "./recovery.ts";
import { sayMuted } from "./say-situation.ts";
import type { LikelyCause, OnsetSource, Situation } from "./situation.ts";

export interface RevisionContext {
  firing: number;
  /** Who resolved it; null: it is open. */
  resolvedBy: string | null;
}

/** Why the situation deserves a revision, in sentences; null: nothing in it is news. */
export function revisionReason(before: Situation, next: Situation, context: RevisionContext): string | null {
  const reasons = [
    phaseReason(before, next, context),
    causeReason(before.cause, next.cause),
    onsetReason(before, next),
    ...extentReasons(before, next),
    ...impactReasons(before, next),
    mutedReason(before, next),
    recoveryReason(before, next),
  ].filter((reason) => reason !== null);
  return reasons.length === 0 ? null : reasons.join(" ");
}

/** What changed of an incident that is over: figures of its hours alone. */
export function amendmentReason(before: Situation, next: Situation): string | null {
  const [hours, hoursNow] = [before.extent.hours, next.extent.hours];
  const reasons = [
    ...impactReasons(before, next),
    countReason(["hour", "final"], hours?.final ?? 0, hoursNow?.final ?? 0),
    countReason(["hour", "closed with loss"], hours?.lossy ?? 0, hoursNow?.lossy ?? 0),
    countReason(["hour", "accepted"], hours?.accepted ?? 0, hoursNow?.accepted ?? 0),
  ].filter((reason) => reason !== null);
  return reasons.length === 0 ? null : `Amended after the end: ${reasons.join(" ")}`;
}

function phaseReason(before: Situation, next: Situation, { firing, resolvedBy }: RevisionContext): string | null {
  if (next.phase === before.phase) return null;
  switch (next.phase) {
    case "starting":
      return null;
    case "ongoing":
      if (before.phase === "starting") return `Ongoing: it opened ${startingForMs / 60_000} min ago.`;
      return `Worse again: ${formatCountOf(firing, "alert")} firing and no recovery in sight.`;
    case "recovering":
      if (next.recovery === null) return "Recovering: none of its alerts fires any more.";
      if (hasCaughtUp(next.recovery)) return "Recovering: it has caught up.";
      return `Recovering: all closed by about ${momentOf(next.recovery.p50At)}.`;
    case "over":
      if (resolvedBy !== null && resolvedBy !== "tidemark") return `Over: resolved by ${resolvedBy}.`;
      return "Over: its alerts are normal and its hours are final or accepted.";
  }
}

function causeReason(before: LikelyCause, next: LikelyCause): string | null {
  const same = (["code", "datacenter", "component", "version"] as const).every((key) => before[key] === next[key]);
  return same ? null : `Likely cause: ${next.sentence}`;
}

const sources: Readonly<Record<OnsetSource, string>> = {
  silence: "the last message",
  watermark: "the watermark",
  backlog: "the backlog",
  counts: "the counts",
  volume: "the volume",
  instance: "the last heartbeat",
  alert: "the first alert",
};

function onsetReason({ onset: before }: Situation, { onset: next }: Situation): string | null {
  if (before.at.getTime() === next.at.getTime()) return null;
  return `Began at ${momentOf(next.at)} by ${sources[next.source]} (before: ${momentOf(before.at)}).`;
}

function extentReasons({ extent: before }: Situation, { extent: next }: Situation): (string | null)[] {
  const more = next.datacenters.filter((name) => !before.datacenters.includes(name));
  return [
    more.length === 0 ? null : `Also at ${more.join(", ")}.`,
    next.stage === before.stage || next.stage === null ? null : `Stage: ${next.stage}.`,
    countReason(["event type", "involved"], before.eventTypeCount, next.eventTypeCount),
  ];
}

function impactReasons({ impact: before }: Situation, { impact: next }: Situation): (string | null)[] {
  return [
    countReason(["deadline", "missed"], before.missedDeadlines, next.missedDeadlines),
    countReason(["event", "lost"], before.lost, next.lost),
  ];
}

/** "3 deadlines missed (before: 1)." */
function countReason([noun, state]: [noun: string, state: string], before: number, next: number): string | null {
  if (before === next) return null;
  const was = before === 0 ? "" : ` (before: ${formatCount(before)})`;
  return `${formatCountOf(next, noun)} ${state}${was}.`;
}

function mutedReason({ muted: before }: Situation, { muted: next }: Situation): string | null {
  if (before?.reason === next?.reason && before?.until?.getTime() === next?.until?.getTime()) return null;
  return next === null ? "Notified again." : sayMuted(next);
}

function recoveryReason(before: Situation, next: Situation): string | null {
  if (next.phase !== "recovering" || before.phase !== "recovering") return null;
  if (next.recovery === null) return before.recovery === null ? null : "No estimate of its recovery any more.";
  if (hasCaughtUp(next.recovery)) return before.recovery && hasCaughtUp(before.recovery) ? null : "Caught up.";
  if (next.recovery.p50At.getTime() === before.recovery?.p50At.getTime()) return null;
  const was = before.recovery === null ? "" : ` (before: ${momentOf(before.recovery.p50At)})`;
  return `All closed by about ${momentOf(next.recovery.p50At)}${was}.`;
}

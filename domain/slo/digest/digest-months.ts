import { addMonths, type FreezeTerms, freezesAt, type Month, monthOf } from "../period.ts";

/** A month not sent for longer than this is no longer news. */
const lookBackMonths = 12;
/** How long after a freeze to wait: backlog from an outage arrives then, and a mail cannot be corrected. */
const settleMs = 3_600_000;
/** How long a digest waits for types that freeze later than the others. */
const patienceMs = 7 * 86_400_000;

export interface DigestHistory {
  /** When the digest was enabled for the channel. */
  readonly since: Date;
  /** Months already decided. */
  readonly decided: readonly Month[];
  readonly now: Date;
}

/** When a month's digest is due: an hour after months are frozen, on the 3rd of the next at 01:00. */
export function digestDueAt(month: Month): Date {
  return new Date(freezesAt({ month, deadlineSeconds: 0, termsSince: new Date(0) }).getTime() + settleMs);
}

/**
 * The months due for a channel by now, oldest first: also those that came due while nothing ran. None that were due before the digest
 * was enabled; the calendar decides that, so that a past loaded and frozen late is not sent.
 */
export function dueDigests({ since, decided, now }: DigestHistory): Month[] {
  return monthsFrom(since, decided, now).filter((month) => digestDueAt(month) <= now);
}

/** The next month for the channel, which may be overdue and waiting. */
export function nextDigest({ since, decided, now }: DigestHistory): Month {
  // At least up to the current month, unless the clock is before the channel's creation.
  const [next] = monthsFrom(since, decided, now);
  return next ?? addMonths(monthOf(now > since ? now : since), 1);
}

function monthsFrom(since: Date, decided: readonly Month[], now: Date): Month[] {
  const done = new Set(decided.map((month) => month.getTime()));
  const months: Month[] = [];
  for (let month = addMonths(monthOf(now), -lookBackMonths); month <= monthOf(now); month = addMonths(month, 1)) {
    if (digestDueAt(month) > since && !done.has(month.getTime())) months.push(month);
  }
  return months;
}

export interface DigestType extends Omit<FreezeTerms, "month"> {
  readonly claimedAt: Date;
  readonly frozenAt: Date | null;
  readonly counts: { readonly dueHours: number; readonly excusedHours: number };
}

export type DigestDecision = { act: "send" } | { act: "wait" } | { act: "nothing"; because: string };

/*
 * What to do with a month that is due, for the digest's types; the first line that holds:
 *
 *   nothing  no type was active
 *   nothing  all of them were claimed after it: their past was loaded, without an objective
 *   wait     a type is about to be frozen: after downtime its hours may not be judged or added up yet
 *   wait     a type was frozen less than an hour ago
 *   wait     a type is frozen later, for a week at most: then it goes out and says so
 *   nothing  no hour of it counts
 *   send     else
 */
export function decideDigest(month: Month, types: readonly DigestType[], now: Date): DigestDecision {
  const end = addMonths(month, 1);
  if (types.length === 0) return { act: "nothing", because: "none of its event types was active" };
  if (types.every(({ claimedAt }) => claimedAt >= end))
    return { act: "nothing", because: "its event types were claimed after it" };
  const isPatient = now.getTime() < digestDueAt(month).getTime() + patienceMs;
  const isAwaited = (type: DigestType) =>
    type.frozenAt === null ? isPatient || freezesAt({ month, ...type }) <= now : isRecent(type.frozenAt, now);
  if (types.some(isAwaited)) return { act: "wait" };
  const hours = types.reduce((sum, { counts }) => sum + counts.dueHours + counts.excusedHours, 0);
  return hours === 0 ? { act: "nothing", because: "none of its hours counted" } : { act: "send" };
}

/** An instant in the future came from a wrong clock, and is ignored. */
function isRecent(frozenAt: Date, now: Date): boolean {
  const ageMs = now.getTime() - frozenAt.getTime();
  return ageMs >= 0 && ageMs < settleMs;
}

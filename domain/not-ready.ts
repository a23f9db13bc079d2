import { formatElapsed } from "./duration.ts";
import { formatHour, type Hour, hourEnd } from "./hour.ts";
import { formatInstant } from "./instant.ts";
import type { VerdictState } from "./verdict.ts";

export interface HourNotReady {
  eventType: string;
  hour: Hour;
  state: VerdictState;
  deadlineAt: Date;
  completeness: number | null;
  minCompleteness: number | null;
  /** The reason, in the words of `domain/reasons`. */
  reasons: readonly { message: string }[];
  /** From an hour's end to its closing, the median of the type's last hours; null if none was closed. */
  usualDelaySeconds: number | null;
  now: Date;
}

/** Why a job cannot read the hour yet and when it probably can, in sentences. */
export function explainNotReady(hour: HourNotReady): string {
  const reasons = hour.reasons.map((reason) => reason.message);
  return [standing(hour), ...reasons, prospect(hour)].filter((sentence) => sentence !== "").join(" ");
}

function standing({ eventType, hour, state, completeness, minCompleteness }: HourNotReady): string {
  const name = `${eventType} ${formatHour(hour)}`;
  switch (state) {
    case "open":
      return `${name} has not ended yet. It ends at ${formatInstant(hourEnd(hour))}.`;
    case "closing":
      return `${name} is not closed by every expected datacenter yet.`;
    case "late":
      return `${name} is late: not every expected datacenter has closed it.`;
    case "verifying":
      return `${name} is closed, and its counts do not agree yet.`;
    default: {
      const below = minCompleteness !== null && completeness !== null && completeness < minCompleteness;
      return below
        ? `${name} is ${state}: its completeness is ${completeness}, and ${minCompleteness} is required.`
        : `${name} is ${state}.`;
    }
  }
}

function prospect({ hour, state, deadlineAt, usualDelaySeconds, now }: HourNotReady): string {
  const isClosed = state !== "open" && state !== "closing" && state !== "late";
  if (isClosed) {
    return state === "verifying"
      ? "It becomes ready once late reports settle the counts."
      : `It becomes ready only if ${state === "incomplete" ? "the missing events are reported later" : "later reports correct its counts"}.`;
  }
  const deadline = `the deadline ${state === "late" ? "was" : "is"} ${formatInstant(deadlineAt)}`;
  if (usualDelaySeconds === null) return `There is no recent closing to estimate from; ${deadline}.`;
  const expectedAt = new Date(hourEnd(hour).getTime() + usualDelaySeconds * 1000);
  const usually = `It usually closes ${formatElapsed(usualDelaySeconds)} after the hour's end`;
  const second = new Date(Math.ceil(expectedAt.getTime() / 1000) * 1000);
  return expectedAt > now
    ? `${usually}, probably at ${formatInstant(second)}; ${deadline}.`
    : `${usually}, so it is later than usual; ${deadline}.`;
}

/** Real seconds after which a retry makes sense: near the hour's end while it is open, else soon. At least 1. */
export function retryAfterSeconds(state: VerdictState, hour: Hour, now: Date, clockSpeed: number): number {
  const untilEnd = (hourEnd(hour).getTime() - now.getTime()) / 1000;
  const productSeconds = state === "open" ? Math.min(Math.max(untilEnd, 0), 300) : 15;
  return Math.max(1, Math.ceil(productSeconds / clockSpeed));
}

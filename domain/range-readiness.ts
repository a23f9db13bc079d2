import { formatHour, type Hour } from "./hour.ts";
import type { VerdictState } from "./verdict.ts";

/** An hour that a job cannot read yet, as needed for a sentence about many. */
export interface HourNotReadyYet {
  eventType: string;
  hour: Hour;
  state: VerdictState;
  /** Its first reason; null: there is none. */
  reason: string | null;
  /** When it will be closed with 90 % probability; null: it is closed, or there is no forecast. */
  closesAtP90: Date | null;
}

export interface RangeStanding {
  total: number;
  notReady: number;
  /** Of those not ready, the most important one; null: all are ready. */
  worst: HourNotReadyYet | null;
}

/** How ready a range of hours is, in sentences: the same on the page, at the gate and in a shell. */
export function explainRange({ total, notReady, worst }: RangeStanding): string {
  if (!worst) return total === 1 ? "The hour is ready." : `All ${total} hours are ready.`;
  const others = notReady - 1;
  const more = others === 0 ? "" : ` ${others} more ${others === 1 ? "hour is" : "hours are"} not ready.`;
  const ready = total - notReady;
  const count =
    total === 1 ? "The hour is not ready." : `${ready} of ${total} hours ${ready === 1 ? "is" : "are"} ready.`;
  return `${count} ${standing(worst)}${more}`;
}

function standing({ eventType, hour, state, reason, closesAtP90 }: HourNotReadyYet): string {
  const name = `${eventType} ${formatHour(hour)}`;
  if (state === "open") return `${name} has not ended yet.`;
  const why = reason === null ? "." : `: ${reason}`;
  const expected = closesAtP90 === null ? "" : ` Expected by ${closesAtP90.toISOString().slice(0, 16)}Z (p90).`;
  return `${name} is ${state}${why}${expected}`;
}

const gravest: readonly VerdictState[] = [
  "late",
  "incomplete",
  "unverified",
  "overcounted",
  "closing",
  "verifying",
  "open",
  "complete",
];

/** The hour to name first: one that waiting alone does not fix before one that it does, oldest first. */
export function worstNotReady<Each extends { hour: Hour; state: VerdictState }>(hours: readonly Each[]): Each | null {
  const rank = ({ state }: Each) => gravest.indexOf(state);
  return hours.reduce<Each | null>((worst, each) => {
    if (!worst || rank(each) < rank(worst)) return each;
    return rank(each) === rank(worst) && each.hour < worst.hour ? each : worst;
  }, null);
}

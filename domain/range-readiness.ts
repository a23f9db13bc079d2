import { formatHour, type Hour } from "./hour.ts";
import type { VerdictState } from "./verdict.ts";

/** An hour that a job cannot read yet, as far as a sentence about many names it. */
export interface HourNotReadyYet {
  eventType: string;
  hour: Hour;
  state: VerdictState;
  /** The first of its reasons; null: there is none. */
  reason: string | null;
  /** When it is closed at the latest, nine times out of ten; null: it is closed, or nothing to forecast from. */
  closesAtP90: Date | null;
}

export interface RangeStanding {
  total: number;
  notReady: number;
  /** Of those that are not ready, the one that matters most; null: all are. */
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
  if (state === "open") return `${name} has not ended.`;
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

/** The hour that is named first: what waiting alone does not fix before what it does, the oldest first. */
export function worstNotReady<Each extends { hour: Hour; state: VerdictState }>(hours: readonly Each[]): Each | null {
  const rank = ({ state }: Each) => gravest.indexOf(state);
  return hours.reduce<Each | null>((worst, each) => {
    if (!worst || rank(each) < rank(worst)) return each;
    return rank(each) === rank(worst) && each.hour < worst.hour ? each : worst;
  }, null);
}

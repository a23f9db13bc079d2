import { type Labels, type Matcher, matchesAll } from "../routing/matcher.ts";
import { anyContains } from "../routing/time/contains-instant.ts";
import type { TimeInterval } from "../routing/time/time-interval.ts";

export interface Silence {
  readonly id: string;
  /** All must hold. */
  readonly matchers: readonly Matcher[];
  readonly startsAt: Date;
  /** The first instant at which it no longer silences. */
  readonly endsAt: Date;
  /** null: always from start to end; else only within these, for recurring maintenance. */
  readonly recurrence: readonly TimeInterval[] | null;
}

/** `resting`: between two recurrences. */
export type SilenceState = "pending" | "active" | "resting" | "expired";

export function silenceState(silence: Omit<Silence, "id" | "matchers">, now: Date): SilenceState {
  if (now < silence.startsAt) return "pending";
  if (now >= silence.endsAt) return "expired";
  return silence.recurrence === null || anyContains(silence.recurrence, now) ? "active" : "resting";
}

/** The silences that hide an alert with these labels at the instant. */
export function silencedBy<Found extends Silence>(labels: Labels, silences: readonly Found[], now: Date): Found[] {
  return silences.filter((silence) => matchesAll(silence.matchers, labels) && silenceState(silence, now) === "active");
}

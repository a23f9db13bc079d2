import { completenessOf, isWithin, type VerdictState } from "./verdict.ts";

export interface HourToUse {
  state: VerdictState;
  known: boolean;
  produced: bigint;
  lost: bigint;
  duplicated: bigint;
  /** Its owner accepted it as it is, and its figures are no worse since; left out: no. */
  accepted?: boolean;
}

export interface ReadinessTerms {
  /** The least completeness that the asker can work with; null: what the event type itself promises. */
  minCompleteness: number | null;
  /** The event type's tolerance, a share of produced. */
  maxDuplicated: number;
}

/**
 * May a job read the hour? An accepted one yes, whatever it asks for: its owner says that there will be none better. Without a wish of its own when its state is complete. With one, the same question is asked with the
 * asker's tolerance of losses instead of the type's, more or less strict: ended and closed everywhere, every count known,
 * no more duplicates than the type tolerates.
 */
export function isReady(hour: HourToUse, { minCompleteness, maxDuplicated }: ReadinessTerms): boolean {
  if (hour.accepted) return true;
  if (minCompleteness === null) return hour.state === "complete";
  if (notClosed.has(hour.state) || !hour.known) return false;
  const once = isWithin(hour.duplicated, maxDuplicated, hour.produced);
  return once && completenessOf(hour.produced, hour.lost) >= minCompleteness;
}

const notClosed: ReadonlySet<VerdictState> = new Set(["open", "closing", "late"]);

import { completenessOf, isWithin, type VerdictState } from "./verdict.ts";

export interface HourToUse {
  state: VerdictState;
  known: boolean;
  produced: bigint;
  lost: bigint;
  duplicated: bigint;
  /** Its owner accepted it as it is, and its figures are no worse since; absent: no. */
  accepted?: boolean;
}

export interface ReadinessTerms {
  /** The lowest completeness that the caller accepts; null: the event type's own tolerance. */
  minCompleteness: number | null;
  /** The event type's tolerance, a share of produced. */
  maxDuplicated: number;
}

/**
 * May a job read the hour? An accepted one yes, whatever the threshold: its owner says that it will not improve. Without `minCompleteness`, if its state is complete. With it, the same test with the caller's tolerance
 * for losses instead of the type's, stricter or not: ended and closed everywhere, every count known, no more duplicates than the type tolerates.
 */
export function isReady(hour: HourToUse, { minCompleteness, maxDuplicated }: ReadinessTerms): boolean {
  if (hour.accepted) return true;
  if (minCompleteness === null) return hour.state === "complete";
  if (notClosed.has(hour.state) || !hour.known) return false;
  const once = isWithin(hour.duplicated, maxDuplicated, hour.produced);
  return once && completenessOf(hour.produced, hour.lost) >= minCompleteness;
}

const notClosed: ReadonlySet<VerdictState> = new Set(["open", "closing", "late"]);

import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import type { KnownFigures } from "#domain/subscription.ts";
import type { GateReader } from "./gate-readers.ts";
import { mostCount } from "./most-count.ts";

type Given = Pick<VerdictSummaryJson, "state" | "completeness" | "produced" | "delivered" | "lost" | "duplicated">;

/** What the gate's answer told a consumer. Asked with another threshold than its own, the hour need not be ready by its own. */
export function figuresRead(given: Given, { minCompleteness }: GateReader, otherThreshold: boolean): KnownFigures {
  const { state, completeness, produced, delivered, lost, duplicated } = given;
  const byOwn = state === "complete" || (minCompleteness !== null && (completeness ?? 0) >= minCompleteness);
  return {
    state,
    ready: byOwn || !otherThreshold,
    known: completeness !== null,
    produced: toCount(produced),
    delivered: toCount(delivered),
    lost: toCount(lost),
    duplicated: toCount(duplicated),
  };
}

function toCount(value: number): bigint {
  return mostCount(BigInt(value));
}

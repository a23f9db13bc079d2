import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import type { KnownFigures } from "#domain/subscription.ts";
import { completenessOf } from "#domain/verdict.ts";
import type { GateReader } from "./gate-readers.ts";
import { mostCounts } from "./most-count.ts";

type Given = Omit<KnownFigures, "ready"> & { accepted?: boolean };

/** What the gate's answer showed a consumer. With another threshold than its own, the hour need not be ready by its own. */
export function figuresRead(given: Given, { minCompleteness }: GateReader, otherThreshold: boolean): KnownFigures {
  const { state, known, produced, lost, accepted = false } = given;
  const isEnough = minCompleteness !== null && known && completenessOf(produced, lost) >= minCompleteness;
  return {
    state,
    ready: !otherThreshold || state === "complete" || accepted || isEnough,
    known,
    ...mostCounts(given),
  };
}

export function givenBy(verdict: VerdictSummaryJson): Given {
  const { state, completeness, produced, delivered, lost, duplicated } = verdict;
  return {
    state,
    known: completeness !== null,
    accepted: verdict.accepted !== null,
    produced: BigInt(produced),
    delivered: BigInt(delivered),
    lost: BigInt(lost),
    duplicated: BigInt(duplicated),
  };
}

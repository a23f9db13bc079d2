import type { Cause } from "../explain.ts";
import type { LikelyCause } from "./situation.ts";

/** A cause as found at this instant, its evidence with that age. */
export function likelyCauseOf({ since: _since, ...cause }: Cause, now: Date): LikelyCause {
  const evidence = cause.evidence.map(({ fact, figure, unit }) => ({
    code: cause.code,
    figure,
    unit,
    of: null,
    asOf: now,
    fact,
  }));
  return { ...cause, evidence };
}

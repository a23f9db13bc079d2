/** What an incident expects of a lane that catches up: when it has caught up. */
export interface CatchUp {
  p50Ms: number;
  p90Ms: number;
}

/** Instants that lie behind are still to come. */
const leastMs = 1_000;
/** An expectation is never surer than this: p90 is at least so many times as far away as p50. */
const leastSpread = 1.05;

/**
 * How likely a lane has not caught up by then: logistic on the logarithm of the time that remains, with a half of it at p50 and a tenth at
 * p90.
 */
export function behindAt({ p50Ms, p90Ms }: CatchUp, atMs: number, nowMs: number): number {
  const p50 = Math.max(leastMs, p50Ms - nowMs);
  const p90 = Math.max(p50 * leastSpread, p90Ms - nowMs);
  const at = atMs - nowMs;
  if (at <= 0) return 1;
  return 1 / (1 + (at / p50) ** (Math.log(9) / Math.log(p90 / p50)));
}

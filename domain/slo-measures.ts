export const measures = ["timeliness", "completeness", "skew"] as const;
export type Measure = (typeof measures)[number];

/*
 * The status of an objective; the first line that holds:
 *
 *   status        when
 *   no_objective  no objective is set
 *   excused       every hour was excused, and none is still to come
 *   no_data       nothing counts (yet)
 *   missed        bad exceeds what the objective allows in the whole period
 *   unknown       it would be missed if the hours without a known outcome were bad
 *   at_risk       the period is running, and bad exceeds what the objective allows of what counts so far
 *   in_progress   the period is running
 *   met           otherwise
 */
export const sloStatuses = [
  "no_objective",
  "excused",
  "no_data",
  "missed",
  "unknown",
  "at_risk",
  "in_progress",
  "met",
] as const;
export type SloStatus = (typeof sloStatuses)[number];

/** The status of several objectives together is the first of these that one of them has. */
export const gravestFirst = [
  "missed",
  "unknown",
  "at_risk",
  "in_progress",
  "met",
  "excused",
  "no_data",
  "no_objective",
] as const satisfies readonly SloStatus[];

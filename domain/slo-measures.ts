export const measures = ["timeliness", "completeness", "skew"] as const;
export type Measure = (typeof measures)[number];

/*
 * The status of an objective; the first line that holds:
 *
 *   status        when
 *   no_objective  no objective is set
 *   no_data       nothing counts yet
 *   missed        bad exceeds what the objective allows in the whole period
 *   unknown       it would be missed if the unverified hours were bad
 *   at_risk       bad exceeds what the objective allows of what counts so far
 *   kept          else
 */
export const sloStatuses = ["no_objective", "no_data", "missed", "unknown", "at_risk", "kept"] as const;
export type SloStatus = (typeof sloStatuses)[number];

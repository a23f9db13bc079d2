import type { DatacenterEvidence, VerdictState } from "../verdict.ts";

/** An hour's verdict, as far as service levels look at it. */
export interface SloHour {
  readonly hour: Date;
  readonly state: VerdictState;
  readonly closedAt: Date | null;
  readonly deadlineAt: Date;
  readonly known: boolean;
  readonly produced: number;
  readonly delivered: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly skewed: number;
  readonly excused: boolean;
  /** Of hours that were late or lost something; others are not asked for theirs. */
  readonly datacenters: readonly DatacenterEvidence[];
}

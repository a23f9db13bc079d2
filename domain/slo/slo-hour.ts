import type { DatacenterEvidence, VerdictState } from "../verdict.ts";

/** An hour's verdict, as needed for service levels. */
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
  /** Only for hours that were late or lost events. */
  readonly datacenters: readonly DatacenterEvidence[];
}

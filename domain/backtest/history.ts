import type { HourNow, TermsOfType } from "../alert.ts";
import type { LaneCount } from "../source/lane-count.ts";

/** What is stored of a past hour: its verdict as of now, and what a forecast would have given while it was open. */
export interface PastHour extends Omit<HourNow, "forecast"> {
  /** By time, earliest first; empty where not requested. */
  chances: readonly { atMs: number; probability: number }[];
}

export interface PastType extends TermsOfType {
  /** Where its hours start. */
  activeFrom: Date;
  /** Oldest first: the hours that could make the rule hold, and all that broke the promise that it watches. */
  hours: readonly PastHour[];
  /** What sources counted, by datacenter; absent where no metric of the rule reads it. */
  counted?: readonly { datacenter: string; counts: readonly LaneCount[] }[];
  /** Including those left out. */
  hourCount: number;
  /** The first of all of them; null: it has none. */
  firstHour: Date | null;
}

/** Hours that start in a range, replayed from their ends to their closings. */
export interface History {
  from: Date;
  /** Excluded. */
  to: Date;
  /** Nothing later is known. */
  until: Date;
  datacenters: readonly string[];
  types: readonly PastType[];
  /** The number of types in the rule's scope: more than `types` where all would take too long. */
  typesInScope: number;
}

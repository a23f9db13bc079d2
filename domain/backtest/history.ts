import type { HourNow, TypeFacts } from "../alert.ts";

/** What is kept of a past hour: how its verdict stands now, and what a forecast would have said of it while it was open. */
export interface PastHour extends Omit<HourNow, "forecast"> {
  /** By time, the earliest first; empty where nobody asks. */
  chances: readonly { atMs: number; probability: number }[];
}

export interface PastType
  extends Pick<
    TypeFacts,
    "eventType" | "tier" | "owner" | "labels" | "deadlineSeconds" | "maxLost" | "maxDuplicated" | "objectives"
  > {
  /** From when on it has hours. */
  activeFrom: Date;
  /** The oldest first: those that could make the rule hold, and all that broke the promise that it watches over. */
  hours: readonly PastHour[];
  /** With those that are left out. */
  hourCount: number;
}

/** Hours that start in a range, lived through from their ends to their closings. */
export interface History {
  from: Date;
  /** Excluded. */
  to: Date;
  /** What came later is not known. */
  until: Date;
  datacenters: readonly string[];
  types: readonly PastType[];
  /** How many types are in the rule's scope: more than `types` where all would take too long. */
  typesInScope: number;
}

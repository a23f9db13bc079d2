import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol.ts";
import type { Citation } from "../source/citation.ts";
import type { LaneCount } from "../source/lane-count.ts";
import type { VerdictState } from "../verdict.ts";

/** Events at each stage; null: never reported. */
export interface StageCounts {
  produced: number | null;
  published: number | null;
  delivered: number | null;
}

/** When a neighbouring hour was closed here; null: not closed. */
export interface ClosingFact {
  hour: Hour;
  closedAt: Date | null;
}

/** The latest gauge before a stage. */
export interface BacklogFact {
  stage: Stage;
  oldestAgeSeconds: number;
  messages: number | null;
  observedAt: Date;
}

export interface InstanceFact {
  component: string;
  instance: string;
  version: string | null;
  startedAt: Date | null;
  /** Its last heartbeat before it started; null: unknown. */
  downFrom: Date | null;
  lastSeenAt: Date;
  /** The stage that a reporter of this name counts here; null: none. */
  stage: Stage | null;
}

/** What is known of one expected datacenter for the hour and around it. */
export interface LaneToExplain {
  datacenter: string;
  closedAt: Date | null;
  /** The largest watermark, and the event time of the first message that reported it. */
  watermark: Date | null;
  watermarkMovedAt: Date | null;
  /** The time of its last message; null: never. */
  lastSeenAt: Date | null;
  known: boolean;
  /**
   * The number of reporters expected to send produced counts, and how many have not; null: the type does not expect its
   * reporters.
   */
  reporters: { expected: number; missing: number } | null;
  counts: StageCounts;
  /** For the hour and those after it up to now, six at most: the later counts, and what passed. */
  countsSince: StageCounts;
  skewed: number;
  /** Its usual skewed share, from the days before; null: no history. */
  usualSkewedShare: number | null;
  /** Its closing delays in the 14 days before the hour; null: none. */
  usualDelay: { p50Seconds: number; p90Seconds: number; hours: number } | null;
  /** From six hours before to six after, including the hour itself, oldest first. */
  closings: readonly ClosingFact[];
  backlogs: readonly BacklogFact[];
  instances: readonly InstanceFact[];
  /** What sources counted in the hour and the one after it. */
  counted: readonly LaneCount[];
  /** The sources of its facts; empty: reporters stated them. */
  cited: readonly Citation[];
  /**
   * Other claimed types with a verdict for this hour here: how many, and how many of them this datacenter has not closed or closed late.
   */
  peers: { types: number; late: number };
}

export interface DeploymentFact {
  id: string;
  /** null: everywhere. */
  datacenter: string | null;
  component: string;
  version: string;
  deployedAt: Date;
  deployedBy: string | null;
}

/** Everything that an explanation of an hour uses, as known at `now`. */
export interface TroubledHour {
  eventType: string;
  hour: Hour;
  now: Date;
  state: VerdictState;
  deadlineAt: Date;
  closedAt: Date | null;
  /** For an hour that is not closed; null: no forecast. */
  breachProbability: number | null;
  /** Shares of produced. */
  maxLost: number;
  maxDuplicated: number;
  /** Now minus the last ingest; null before the first message. */
  telemetryAgeSeconds: number | null;
  lanes: readonly LaneToExplain[];
  /** From eight hours before the hour up to now. */
  deployments: readonly DeploymentFact[];
}

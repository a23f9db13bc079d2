import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol.ts";
import type { VerdictState } from "../verdict.ts";

/** Events at each stage; null: never reported. */
export interface StageCounts {
  produced: number | null;
  published: number | null;
  delivered: number | null;
}

/** When a neighbouring hour was closed here; null: it is not. */
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
  lastSeenAt: Date;
  /** The stage that a reporter of this name counts here; null: none does. */
  stage: Stage | null;
}

/** What is known of one expected datacenter about the hour and around it. */
export interface LaneToExplain {
  datacenter: string;
  closedAt: Date | null;
  /** The largest watermark, and the event time of the message that said it first. */
  watermark: Date | null;
  watermarkMovedAt: Date | null;
  /** When it was last heard of anything; null: never. */
  lastSeenAt: Date | null;
  known: boolean;
  /** Who is expected to report what it produced, and how many of them have not; null: the type expects nobody in particular. */
  reporters: { expected: number; missing: number } | null;
  counts: StageCounts;
  /** Of the hour and those after it up to now, six at most: what came since, and what passed. */
  countsSince: StageCounts;
  skewed: number;
  /** Its usual skewed share, by the days before; null: no history. */
  usualSkewedShare: number | null;
  /** Its closing delays of the 14 days before the hour; null: none. */
  usualDelay: { p50Seconds: number; p90Seconds: number; hours: number } | null;
  /** Of the six hours before to six after, the hour itself included, the oldest first. */
  closings: readonly ClosingFact[];
  backlogs: readonly BacklogFact[];
  instances: readonly InstanceFact[];
  /** Other claimed types with a verdict of this hour here: how many, and how many of them are not closed or were closed late by here. */
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

/** Everything that an hour is explained from, as known at `now`. */
export interface TroubledHour {
  eventType: string;
  hour: Hour;
  now: Date;
  state: VerdictState;
  deadlineAt: Date;
  closedAt: Date | null;
  /** Of an hour that is not closed; null: no forecast. */
  breachProbability: number | null;
  /** Shares of produced. */
  maxLost: number;
  maxDuplicated: number;
  /** Now minus the last ingest; null before the first message. */
  telemetryAgeSeconds: number | null;
  lanes: readonly LaneToExplain[];
  /** Of eight hours before the hour up to now. */
  deployments: readonly DeploymentFact[];
}

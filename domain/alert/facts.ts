import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol.ts";
import type { VerdictState } from "../verdict.ts";

/**
 * Everything that alert rules look at, as known at one instant: the one input of every metric. The product loads it from its tables
 * as they stand (server/alerts/load-facts.ts); a backtest makes it from history as it was known then. Whatever is not there is
 * unknown, never zero. Types are claimed and active; hours are those
 * that ended within the widest horizon of the rules.
 */
export interface AlertFacts {
  now: Date;
  /** When Tidemark last took anything in; null: never. */
  lastIngestAt: Date | null;
  /** Claimed and active at `now`. */
  datacenters: readonly DatacenterNow[];
  /** Of the last `deploymentHours`, the latest first. */
  deployments: readonly DeploymentNow[];
  types: readonly TypeFacts[];
}

/** How far back deployments are looked at. */
export const deploymentHours = 3;
/** So many ended hours are in `hours` where `withHistory` is true, or as many as the longest burn-rate window has. */
export const historyHours = 26;

export interface DatacenterNow {
  name: string;
  /** The latest event time of any message from it; null: never heard. */
  lastSeenAt: Date | null;
  /** When it was claimed, or became active if that was later: before, nobody waited for it. */
  watchedFrom: Date;
}

export interface DeploymentNow {
  id: string;
  /** null: everywhere. */
  datacenter: string | null;
  component: string;
  version: string;
  deployedAt: Date;
}

/** One event type at the instant. */
export interface TypeFacts {
  eventType: string;
  tier: string;
  owner: string;
  labels: Readonly<Record<string, string>>;
  deadlineSeconds: number;
  /** When it was claimed, or became active if that was later. Hours that ended before are a backfill, and page nobody. */
  watchedFrom: Date;
  /** Shares of produced. */
  maxLost: number;
  maxDuplicated: number;
  /** The shares of events that are promised in time and complete; null: none is. */
  objectives: { timeliness: number | null; completeness: number | null };
  /** Of every datacenter that is expected now, by name. */
  lanes: readonly LaneNow[];
  /**
   * The oldest first: every ended hour that is not closed; and where `withHistory`, every ended hour of the last `historyHours` and
   * older ones that were closed meanwhile and are not complete.
   */
  hours: readonly HourNow[];
  /** The closed hours are there too: rules about counts can be looked at. Without it they are left as they were. */
  withHistory: boolean;
  /** Of its last closed hour, expected against counted; empty where nothing was learned yet, null: not looked at this time. */
  volumes: readonly VolumeNow[] | null;
}

/** One (event type, datacenter). */
export interface LaneNow {
  datacenter: string;
  /** The largest watermark, and the event time of the message that said it first; null: none was ever said. */
  watermark: Date | null;
  movedAt: Date | null;
  /** Its closing delays of late; null: no history. */
  usualDelay: { p50Seconds: number; p90Seconds: number } | null;
  /** Gauges not older than a quarter of an hour. */
  backlogs: readonly { stage: Stage; oldestAgeSeconds: number; messages: number | null }[];
}

/** One ended hour as its verdict has it. */
export interface HourNow {
  hour: Hour;
  state: VerdictState;
  deadlineAt: Date;
  closedAt: Date | null;
  /** When its counts are final: closedAt + settle; null while it is not closed. */
  settledAt: Date | null;
  produced: number;
  delivered: number;
  lost: number;
  duplicated: number;
  skewed: number;
  /** Every expected datacenter said what it produced. */
  known: boolean;
  /** Of an hour that is not closed; null: no forecast. */
  forecast: { breachProbability: number; closesAt: Date } | null;
  /** Of its expected datacenters; empty for an hour that is complete and in time, and of which nothing that is doubled or misplaced is news. */
  lanes: readonly HourLane[];
}

export interface HourLane {
  datacenter: string;
  closedAt: Date | null;
  /** null: unknown. */
  produced: number | null;
  published: number | null;
  delivered: number;
  lost: number;
  duplicated: number;
  /** null: not kept apart by datacenter here. */
  skewed: number | null;
  /** null: the type does not expect its reporters. */
  reportersExpected: number | null;
  reportersMissing: number | null;
}

/** What was expected of an hour, and what was counted. */
export interface VolumeNow {
  hour: Hour;
  /** null: all together. */
  datacenter: string | null;
  expected: number;
  /** The counts between which an hour as usual lies. */
  low: number;
  high: number;
  counted: number;
  /** With the hours before it, too few for chance; see domain/volume. */
  isDrop: boolean;
}

import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol.ts";
import type { LaneCount } from "../source/lane-count.ts";
import type { VerdictState } from "../verdict.ts";

/**
 * Everything that alert rules read, as known at one instant: the one input of every metric. The product loads it from its current
 * tables (server/alerts/load-alert-facts.ts); a backtest rebuilds it from history as known then. Anything absent is unknown, never zero.
 * Types are claimed and active; hours ended within the widest horizon of the rules.
 */
export interface AlertFacts {
  now: Date;
  /** When Tidemark last ingested anything; null: never. */
  lastIngestAt: Date | null;
  /** Claimed and active at `now`. */
  datacenters: readonly DatacenterNow[];
  /** Of the last `deploymentHours`, newest first. */
  deployments: readonly DeploymentNow[];
  types: readonly TypeFacts[];
}

/** How far back deployments are considered. */
export const deploymentHours = 3;
/**
 * `hours` holds this many ended hours where `withHistory` is true, or as many as the longest burn-rate window needs.
 */
export const historyHours = 26;

export interface DatacenterNow {
  name: string;
  /** The latest event time of any message from it; null: no message yet. */
  lastSeenAt: Date | null;
  /** When it was claimed, or became active if later: before that it was not expected. */
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

/** What the catalogue says of a type: its own terms, else its tier's or the defaults. */
export interface TermsOfType {
  eventType: string;
  tier: string;
  owner: string;
  labels: Readonly<Record<string, string>>;
  /** The names of those that read it. */
  consumers: readonly string[];
  deadlineSeconds: number;
  /** Shares of produced. */
  maxLost: number;
  maxDuplicated: number;
  /** The objectives for timeliness and completeness, as shares; null: no objective. */
  objectives: { timeliness: number | null; completeness: number | null };
}

/** One event type at the instant. */
export interface TypeFacts extends TermsOfType {
  /** When it was claimed, or became active if later. Hours that ended before are a backfill, and do not page. */
  watchedFrom: Date;
  /** All datacenters that are expected now, by name. */
  lanes: readonly LaneNow[];
  /**
   * Oldest first: every ended hour that is not closed; with `withHistory`, also every ended hour of the last `historyHours` and
   * older ones that were closed meanwhile and are not complete.
   */
  hours: readonly HourNow[];
  /** Closed hours are loaded too, so rules about counts can be evaluated; otherwise those alerts keep their state. */
  withHistory: boolean;
  /** Expected against observed counts of its last closed hour; empty before there is history, null: not loaded this time. */
  volumes: readonly VolumeNow[] | null;
}

/** One (event type, datacenter). */
export interface LaneNow {
  datacenter: string;
  /** The largest watermark, and the event time of the first message that reported it; null: none was ever reported. */
  watermark: Date | null;
  movedAt: Date | null;
  /** Its recent closing delays; null: no history. */
  usualDelay: { p50Seconds: number; p90Seconds: number } | null;
  /** Gauges at most 15 minutes old. */
  backlogs: readonly {
    stage: Stage;
    oldestAgeSeconds: number;
    messages: number | null;
    /** How long the queue keeps what waits, where a source says so. */
    retentionSeconds?: number | null;
  }[];
  /** What sources counted in recent hours; null or absent: no source counts anything of the lane. */
  counted?: readonly LaneCount[] | null;
}

/** Nothing is known of it: what history does not keep stays like this. */
export const unknownLane: Omit<LaneNow, "datacenter"> = {
  watermark: null,
  movedAt: null,
  usualDelay: null,
  backlogs: [],
};

/** One ended hour, from its verdict. */
export interface HourNow {
  hour: Hour;
  state: VerdictState;
  deadlineAt: Date;
  closedAt: Date | null;
  /** When its counts become final: closedAt + settle; null while it is not closed. */
  settledAt: Date | null;
  produced: number;
  delivered: number;
  lost: number;
  duplicated: number;
  skewed: number;
  /** Every expected datacenter's produced count is known. */
  known: boolean;
  /** For an hour that is not closed; null: no forecast. */
  forecast: { breachProbability: number; closesAt: Date } | null;
  /** Its expected datacenters; empty for an hour that is complete and in time, with no recent duplicates or skew to report. */
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
  /** null: not split by datacenter here. */
  skewed: number | null;
  /** null: the type does not expect its reporters. */
  reportersExpected: number | null;
  reportersMissing: number | null;
}

/** The expected and the observed count of an hour. */
export interface VolumeNow {
  hour: Hour;
  /** null: all datacenters together. */
  datacenter: string | null;
  expected: number;
  /** The range that a usual hour's count falls in. */
  low: number;
  high: number;
  counted: number;
  /** Together with the hours before it, too few to be chance; see domain/volume. */
  isDrop: boolean;
}

import type { Trouble } from "../alert/reading.ts";
import type { BacklogFact, DeploymentFact, InstanceFact, LaneToExplain } from "../explain.ts";
import type { Hour } from "../hour.ts";
import type { Citation } from "../source/citation.ts";
import type { LaneCount } from "../source/lane-count.ts";

/**
 * Everything that the diagnosis of one incident reads, as known at `now`. The product loads it from its tables
 * (server/explain/load-incident-facts.ts), `npm run drill:causes` makes it from the simulator.
 */
export interface IncidentFacts {
  now: Date;
  /** When the incident opened. */
  openedAt: Date;
  trouble: Trouble;
  /** The event type that has the trouble everywhere; null: the places have it. */
  eventType: string | null;
  /** Where the alerts point; none: Tidemark itself. */
  places: readonly PlaceFacts[];
  /** Everywhere, from `deploymentsFrom` on, oldest first. */
  deployments: readonly DeploymentFact[];
  /** A week before the onset, or when the first one was reported, if that is later. */
  deploymentsFrom: Date;
  /** Now minus the last ingest; null before the first message. */
  telemetryAgeSeconds: number | null;
}

/** One datacenter of the incident. */
export interface PlaceFacts {
  datacenter: string;
  /** Its minutes, oldest first: when they were sampled, and the time of the datacenter's last message then. */
  atMs: readonly number[];
  heardMs: readonly (number | null)[];
  lanes: readonly LaneFacts[];
  instances: readonly InstanceFact[];
  /** The affected hours. */
  hours: readonly HourFigures[];
}

/** One event type at a datacenter. */
export interface LaneFacts {
  eventType: string;
  /** An alert or an affected hour of the incident names it. */
  isNamed: boolean;
  /** Its usual closing delays; null: no history. */
  usualDelay: LaneToExplain["usualDelay"];
  backlogs: readonly BacklogFact[];
  /** The source of its watermark; null: a reporter states it. */
  measuredBy: Citation | null;
  samples: LaneSamples;
  /** By hour, in milliseconds: how many events are usually produced in it. Only for unusual volumes. */
  usualProduced: ReadonlyMap<number, number>;
}

/**
 * A lane at its place's minutes. The counts are sums over the hours from `fromHourMs` on, which moves with time: only sums over the
 * same hours may be subtracted. null: never reported.
 */
export interface LaneSamples {
  markMs: readonly (number | null)[];
  fromHourMs: readonly number[];
  produced: readonly (number | null)[];
  published: readonly (number | null)[];
  delivered: readonly (number | null)[];
  /** Delivered into another hour than their own. */
  skewed: readonly number[];
}

/** One affected hour of one lane. */
export interface HourFigures {
  eventType: string;
  hour: Hour;
  closedAt: Date | null;
  produced: number | null;
  published: number | null;
  delivered: number;
  skewed: number;
  /** null: the type does not expect its reporters. */
  reporters: { expected: number; missing: number } | null;
  /** What sources counted in it and the hour after it. */
  counted: readonly LaneCount[];
}

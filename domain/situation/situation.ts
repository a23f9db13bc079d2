import type { Cause, DeploymentFact, EvidenceUnit } from "../explain.ts";
import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol.ts";

export const phases = ["starting", "ongoing", "recovering", "over"] as const;
export type Phase = (typeof phases)[number];

/** What the onset is known by. `alert`: only by when the first alert's condition began, which any other source replaces. */
export const onsetSources = ["silence", "watermark", "backlog", "counts", "volume", "instance", "alert"] as const;
export type OnsetSource = (typeof onsetSources)[number];

/** When it began. Pinned: only a better source replaces it. */
export interface Onset {
  at: Date;
  source: OnsetSource;
  /** Only a source's samples show it, late: it began between then and `at`. Absent: reporters show it at once. */
  earliestAt?: Date;
}

/** One fact over the whole extent, such as the sum of all affected types, with its own age. */
export interface Evidence {
  /** The kind of sign, for screens that show figures instead of sentences. */
  code: string;
  figure: number | null;
  unit: EvidenceUnit | null;
  /** The whole that the figure is part of, in the same unit. */
  of: number | null;
  asOf: Date;
  fact: string;
}

/** The incident's likely cause. It began at the situation's onset. */
export interface LikelyCause extends Omit<Cause, "since" | "evidence"> {
  /** Strongest first. */
  evidence: readonly Evidence[];
  /** How often it was replaced by another after the first minutes: at most once. */
  changes?: number | undefined;
}

/** The affected hours. Each is unfinished, final or accepted; a final one is complete or lossy. */
export interface AffectedHours {
  first: Hour;
  last: Hour;
  affected: number;
  /** Whose they are: an alert may name a type before any of its hours is affected. */
  eventTypeCount: number;
  /** In a final state and not accepted, complete or not. */
  final: number;
  accepted: number;
  /** Of the final ones those that are not complete: closed with loss. */
  lossy: number;
}

/** What it touches. */
export interface Extent {
  datacenters: readonly string[];
  stage: Stage | null;
  /** The first 50 by name. */
  eventTypes: readonly string[];
  eventTypeCount: number;
  /** null: no hour is affected. */
  hours: AffectedHours | null;
}

export interface AffectedConsumer {
  name: string;
  contact: string;
  /** Affected hours that it cannot read yet. */
  waits: number;
}

/** What it costs, summed over the affected hours. Counts of events are of final hours only: others may still arrive. */
export interface Impact {
  missedDeadlines: number;
  /** Not closed, deadline ahead, and more likely than not to miss it. */
  hoursAtRisk: number;
  lost: number;
  duplicated: number;
  /** null: unknown. */
  produced: number | null;
  /** The first 20, those that wait for most hours first. */
  consumers: readonly AffectedConsumer[];
  consumerCount: number;
}

/** When all that waits is expected to be delivered and closed. */
export interface Recovery {
  p50At: Date;
  p90At: Date;
  /** Compared with what was expected before. */
  trend: "sooner" | "steady" | "later";
  asOf: Date;
}

export const muteReasons = ["snoozed", "silenced", "inhibited", "mute-time", "no-channel"] as const;

/** Why none of its firing alerts is notified at the moment; once none fires, why none was. */
export interface Muted {
  reason: (typeof muteReasons)[number];
  /** null: unknown, or until someone changes it. */
  until: Date | null;
}

/** Everything that is said of an incident, on every screen, in every notification and answer. */
export interface Situation {
  /** A headline of a few words. */
  title: string;
  phase: Phase;
  phaseSince: Date;
  onset: Onset;
  cause: LikelyCause;
  extent: Extent;
  impact: Impact;
  /** Deployed around the onset, at its place, whether or not it has to do with it. */
  deployed: readonly DeploymentFact[];
  recovery: Recovery | null;
  muted: Muted | null;
  /** All of it in one or two sentences. */
  sentence: string;
}

/** An ended hour of a type. */
export interface DelayedHour {
  eventType: string;
  hour: Hour;
  /** When its lane had usually closed it. */
  expectedBy: Date;
}

/** What an explanation of an incident finds. */
export interface Diagnosis {
  cause: LikelyCause;
  onset: Onset;
  recovery: Recovery | null;
  /** Ended hours that it has held up for longer than usual. Absent: its lanes do not show it. */
  delayed?: readonly DelayedHour[];
}

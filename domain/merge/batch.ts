import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol/messages.ts";
import type { ClosingStep } from "./closing-steps.ts";

/** A fact that a correction may set aside. */
interface Holdable {
  /** The correction that holds it; null: it counts. What one correction holds is merged apart from everything else. */
  heldBy: number | null;
}

export interface MergedCount extends Holdable {
  eventType: string;
  hour: Hour;
  landedHour: Hour;
  dc: string;
  stage: Stage;
  reporter: string;
  epoch: number;
  events: number;
  bytes: number | null;
  malformed: number | null;
}

export interface MergedFinal {
  dc: string;
  reporter: string;
  /** The latest event time at which it said that it ends. */
  finalAt: Date;
}

export interface MergedWatermark {
  eventType: string;
  dc: string;
  /** The largest that was said. */
  watermark: Date;
  /** When it was said first. */
  observedAt: Date;
}

/** The earliest time of a watermark that reached the full hour `closedThrough`. */
export interface MergedClosing extends ClosingStep, Holdable {
  eventType: string;
  dc: string;
  /** The largest within the hour, and when it was said first. */
  watermark: Date;
  observedAt: Date;
}

export interface MergedMarker extends Holdable {
  eventType: string;
  hour: Hour;
  dc: string;
  closedAt: Date;
  location: string | null;
}

export interface MergedHeartbeat {
  dc: string;
  component: string;
  instance: string;
  version: string | null;
  startedAt: Date | null;
  time: Date;
}

export interface MergedDeployment {
  source: string;
  id: string;
  dc: string | null;
  component: string;
  version: string;
  deployedBy: string | null;
  url: string | null;
  time: Date;
}

export interface MergedBacklog {
  eventType: string;
  dc: string | null;
  stage: Stage;
  oldestAgeSeconds: number;
  messages: number | null;
  time: Date;
}

/** What many messages say together. The maps' keys are private to the merge: take `.values()`. */
export interface Batch {
  readonly counts: ReadonlyMap<string, MergedCount>;
  readonly finals: ReadonlyMap<string, MergedFinal>;
  /** Of those that count. */
  readonly watermarks: ReadonlyMap<string, MergedWatermark>;
  /** One for each event type, datacenter and full hour: also those that close nothing which another did not close before. */
  readonly closings: ReadonlyMap<string, MergedClosing>;
  readonly markers: ReadonlyMap<string, MergedMarker>;
  readonly heartbeats: ReadonlyMap<string, MergedHeartbeat>;
  readonly deployments: ReadonlyMap<string, MergedDeployment>;
  readonly backlogs: ReadonlyMap<string, MergedBacklog>;
  /** Datacenter → the latest time of a message that names it. */
  readonly lastSeen: ReadonlyMap<string, Date>;
  readonly messageCount: number;
}

/** The batch as its two writers, addMessage and mergeBatches, see it. */
export type OpenBatch = {
  -readonly [Field in keyof Batch]: Batch[Field] extends ReadonlyMap<string, infer Row> ? Map<string, Row> : number;
};

export function emptyBatch(): Batch {
  const batch: OpenBatch = {
    counts: new Map(),
    finals: new Map(),
    watermarks: new Map(),
    closings: new Map(),
    markers: new Map(),
    heartbeats: new Map(),
    deployments: new Map(),
    backlogs: new Map(),
    lastSeen: new Map(),
    messageCount: 0,
  };
  return batch;
}

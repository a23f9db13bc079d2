import type { Hour } from "../hour.ts";
import type { Stage } from "../protocol/messages.ts";
import type { ClosingStep } from "./closing-steps.ts";
import { ofEachSingle, type SingleRows } from "./single-rows.ts";

/** A fact that a correction may set aside. */
interface Holdable {
  /** The correction that holds it; null: it counts. Facts held by one correction are merged apart from all others. */
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
  /** The latest event time of a message with `final: true`. */
  finalAt: Date;
}

export interface MergedWatermark {
  eventType: string;
  dc: string;
  /** The largest reported. */
  watermark: Date;
  /** When it was first reported. */
  observedAt: Date;
}

/** The earliest time of a watermark that reached the full hour `closedThrough`. */
export interface MergedClosing extends ClosingStep, Holdable {
  eventType: string;
  dc: string;
  /** The largest within the hour, and when it was first reported. */
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

/** The merged content of many messages. The maps' keys are private to the merge: use `.values()`. */
export interface Batch extends SingleRows {
  readonly counts: ReadonlyMap<string, MergedCount>;
  readonly finals: ReadonlyMap<string, MergedFinal>;
  /** Only those that count. */
  readonly watermarks: ReadonlyMap<string, MergedWatermark>;
  /** One per event type, datacenter and full hour: also those that close nothing new. */
  readonly closings: ReadonlyMap<string, MergedClosing>;
  readonly markers: ReadonlyMap<string, MergedMarker>;
  /** Datacenter → the latest time of a message from it; what is said of its deployments comes from elsewhere. */
  readonly lastSeen: ReadonlyMap<string, Date>;
  readonly messageCount: number;
}

/** The batch as seen by its two writers, addMessage and mergeBatches. */
export type OpenBatch = {
  -readonly [Field in keyof Batch]: Batch[Field] extends ReadonlyMap<string, infer Row> ? Map<string, Row> : number;
};

export function emptyBatch(): Batch {
  return {
    ...ofEachSingle(() => new Map()),
    counts: new Map(),
    finals: new Map(),
    watermarks: new Map(),
    closings: new Map(),
    markers: new Map(),
    lastSeen: new Map(),
    messageCount: 0,
  };
}

import type { Hour } from "../hour.ts";
import type { Message, Stage } from "../protocol.ts";

/** Something that a source measures, such as a subscription or a job. */
export interface Resource {
  readonly kind: ResourceKind;
  readonly id: string;
}

export type ResourceKind = "subscription" | "job" | "table" | "marker" | "bucket" | "group";

/** One event type at one datacenter that a resource feeds. */
export interface ResourceLane {
  readonly eventType: string;
  readonly datacenter: string;
  /** The stage that what waits in the resource has not reached; null: nothing waits in it. */
  readonly stage: Stage | null;
  /** How long the resource keeps what waits; null: unknown. */
  readonly retentionSeconds: number | null;
}

/** A resource that was seen, and the lanes that it feeds. None: no pattern matches it. */
export interface SeenResource extends Resource {
  readonly lanes: readonly ResourceLane[];
}

/** The newest point of one metric of a resource. */
export interface SourceReading {
  readonly resource: Resource;
  readonly metric: string;
  /** null: the metric is a text. */
  readonly value: number | null;
  readonly text: string | null;
  /** The point's end. */
  readonly at: Date;
  /** How often the source measures it. */
  readonly sampledSeconds: number;
  /** For what is counted: what was added since the reading before, by the hour in which it was. */
  readonly counts?: readonly { readonly hour: Hour; readonly count: number }[];
}

/** What is known of a metric from an earlier collection. */
export type KnownReading = Pick<SourceReading, "value" | "text" | "at">;

/** A fact that a source states, as a reporter's CloudEvent would; it goes through the same door. */
export interface SourceEvent {
  readonly type: `tidemark.${Message["kind"]}.v1`;
  /** The same for the same points: what is collected twice counts once. */
  readonly id: string;
  readonly time: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What one look at a source gave. What it does not mention is unknown, never zero. */
export interface Collection {
  readonly events: readonly SourceEvent[];
  readonly readings: readonly SourceReading[];
  readonly resources: readonly SeenResource[];
  /** Sentences for whoever runs Tidemark: what could not be read, and what to do. */
  readonly problems: readonly string[];
  /** Requests that it took. */
  readonly calls: number;
}

export function readingKey({ kind, id }: Resource, metric: string): string {
  return `${kind}/${metric}/${id}`;
}

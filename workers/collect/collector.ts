import type { Collection, KnownReading, SourceKind, SourceSpec } from "#domain/source.ts";

export interface LookAt {
  readonly name: string;
  readonly spec: SourceSpec;
  /** What earlier collections found, by `readingKey`. */
  readonly known: ReadonlyMap<string, KnownReading>;
  readonly now: Date;
  /** Aborted when the collection takes too long, or the process is to end. */
  readonly signal: AbortSignal;
}

/** Looks at one source; built again when its spec changes, so it may remember. Throws if nothing could be read. */
export interface Collector {
  collect(look: LookAt): Promise<Collection>;
  /** What the last collection said is committed: only now may it be acknowledged, or left out of the next. */
  committed?(): Promise<void>;
  close(): Promise<void>;
}

export interface CollectorKind {
  /** In the product's time. */
  readonly everySeconds: number;
  /** In real time; a collection that takes longer is given up. */
  readonly boundSeconds: number;
  open(spec: SourceSpec): Promise<Collector>;
}

/** How each kind of source is collected: handed in by `main.ts`, and by tests. */
export type Collectors = Readonly<Partial<Record<SourceKind, CollectorKind>>>;

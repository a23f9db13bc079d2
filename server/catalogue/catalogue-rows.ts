import type { EventTypeRow } from "./event-type-columns.ts";

/** The catalogue's rows, as compared with documents. */
export interface TierRow {
  readonly name: string;
  readonly deadlineSeconds: number;
  readonly objective: number | null;
  readonly objectiveCompleteness: number | null;
  readonly objectiveSkew: number | null;
}

export interface DatacenterRow {
  readonly name: string;
  readonly displayName: string | null;
  /** null: discovered, unclaimed. */
  readonly claimedAt: Date | null;
  readonly activeFrom: Date | null;
  readonly activeTo: Date | null;
}

/** Stored rows for the names in the documents. Tiers are few, so all are read. */
export interface StoredCatalogue {
  readonly tiers: ReadonlyMap<string, TierRow>;
  readonly datacenters: ReadonlyMap<string, DatacenterRow>;
  readonly eventTypes: ReadonlyMap<string, EventTypeRow>;
}

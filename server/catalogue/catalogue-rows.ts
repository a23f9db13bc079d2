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

export interface EventTypeRow {
  readonly name: string;
  readonly claimedAt: Date | null;
  readonly owner: string | null;
  readonly tier: string | null;
  readonly deadlineSeconds: number | null;
  /** In name order; empty: every claimed datacenter active in the hour. */
  readonly datacenters: readonly string[];
  readonly activeFrom: Date | null;
  readonly activeTo: Date | null;
  readonly maxLost: number | null;
  readonly maxDuplicated: number | null;
  readonly settleSeconds: number | null;
  readonly impliedZero: boolean;
  readonly expectReporters: boolean;
  readonly description: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Its own; null: its tier's. */
  readonly objectiveTimeliness: number | null;
  readonly objectiveCompleteness: number | null;
  readonly objectiveSkew: number | null;
}

/** Stored rows for the names in the documents. Tiers are few, so all are read. */
export interface StoredCatalogue {
  readonly tiers: ReadonlyMap<string, TierRow>;
  readonly datacenters: ReadonlyMap<string, DatacenterRow>;
  readonly eventTypes: ReadonlyMap<string, EventTypeRow>;
}

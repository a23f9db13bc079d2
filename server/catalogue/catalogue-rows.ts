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

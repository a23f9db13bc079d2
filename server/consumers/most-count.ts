const largest = 9_223_372_036_854_775_807n;

/** The count, capped to a bigint column's range. */
export function mostCount(count: bigint): bigint {
  return count > largest ? largest : count;
}

export type Counts = Record<"produced" | "delivered" | "lost" | "duplicated", bigint>;

/** The counts, and nothing else of the figures, each capped like this. */
export function mostCounts({ produced, delivered, lost, duplicated }: Counts): Counts {
  return {
    produced: mostCount(produced),
    delivered: mostCount(delivered),
    lost: mostCount(lost),
    duplicated: mostCount(duplicated),
  };
}

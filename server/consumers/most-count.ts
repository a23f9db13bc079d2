const largest = 9_223_372_036_854_775_807n;

/** The count, capped to a bigint column's range. */
export function mostCount(count: bigint): bigint {
  return count > largest ? largest : count;
}

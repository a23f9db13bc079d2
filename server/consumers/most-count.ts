const largest = 9_223_372_036_854_775_807n;

/** The count as far as a bigint column holds it. */
export function mostCount(count: bigint): bigint {
  return count > largest ? largest : count;
}

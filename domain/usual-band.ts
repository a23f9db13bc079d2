export interface Band {
  low: number;
  median: number;
  high: number;
}

/** Fewer say nothing of what is usual. */
export const fewestForBand = 3;

/** The least, the middle and the greatest of what was seen; null of fewer than three. Of eight values percentiles would be invented. */
export function bandOf(values: readonly number[]): Band | null {
  if (values.length < fewestForBand) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return { low: sorted[0] ?? 0, median: (below + above) / 2, high: sorted.at(-1) ?? 0 };
}

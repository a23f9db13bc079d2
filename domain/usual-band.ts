import { median } from "./median.ts";

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
  return { low: Math.min(...values), median: median(values) ?? 0, high: Math.max(...values) };
}

import { median } from "./median.ts";

export interface Band {
  low: number;
  median: number;
  high: number;
}

/** Fewer do not show what is usual. */
export const fewestForBand = 3;

/** The minimum, median and maximum of the observations; null for fewer than three. Percentiles of eight values would be invented. */
export function bandOf(values: readonly number[]): Band | null {
  if (values.length < fewestForBand) return null;
  return { low: Math.min(...values), median: median(values) ?? 0, high: Math.max(...values) };
}

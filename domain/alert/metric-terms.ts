import type { Threshold } from "./threshold-kinds.ts";

/** The parts of the rule that a metric needs. */
export interface MetricTerms {
  threshold: Threshold | null;
  /** Of a metric with a window. */
  windowSeconds: number;
  windows: readonly { longSeconds: number; shortSeconds: number; factor: number }[];
}

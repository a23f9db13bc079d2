import { type Measure, measures } from "../slo-measures.ts";
import type { Objectives } from "./attainment.ts";

/** A type's own objectives, or else its tier's. */
export function effectiveObjectives(own: Objectives, tier: Objectives): Objectives {
  return Object.fromEntries(measures.map((measure: Measure) => [measure, own[measure] ?? tier[measure]])) as Record<
    Measure,
    number | null
  >;
}

import { z } from "zod";
import { delayGridMs } from "./delay-grid.ts";
import { featureCount } from "./lane-features.ts";

const survival = z.array(z.number()).length(delayGridMs.length);
const numbers = (length: number) => z.array(z.number()).length(length);

/** Raised when a stored model changes its meaning: models are then refitted. */
export const modelVersion = 3;

/** Everything that a forecast needs besides current facts: plain numbers, stored as JSON. */
export const forecastModelSchema = z.object({
  version: z.literal(modelVersion),
  survivals: z.object({
    pooled: survival,
    tiers: z.record(z.string(), survival),
    types: z.record(z.string(), survival),
  }),
  intercept: z.number(),
  /** The weight on the logit of "still open by then" from the survival curve alone. */
  usual: z.number().nonnegative(),
  coefficients: numbers(featureCount),
  /** Replace unknown features. */
  means: numbers(featureCount),
  /** By hour of the week, Monday 00 UTC first. */
  habits: numbers(168),
  /** From the logit of an hour's probability to the logit of its observed frequency. */
  calibration: z.object({ intercept: z.number(), slope: z.number().positive() }),
});

export type ForecastModel = z.infer<typeof forecastModelSchema>;

/** The stored model; null if it is of another version, or missing. */
export function parseForecastModel(stored: unknown): ForecastModel | null {
  const parsed = forecastModelSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

const weekHours = 168;

/** Monday 00 UTC is 0; 1970 began on a Thursday. */
export function hourOfWeek(hourStartMs: number): number {
  return (Math.floor(hourStartMs / 3_600_000) + 72) % weekHours;
}

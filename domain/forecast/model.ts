import { z } from "zod";
import { delayGridMs } from "./delay-grid.ts";
import { featureCount } from "./lane-features.ts";

const survival = z.array(z.number()).length(delayGridMs.length);
const numbers = (length: number) => z.array(z.number()).length(length);

/** Raised when a stored model no longer means the same: it is then fitted anew. */
export const modelVersion = 3;

/** Everything that a forecast needs besides the facts of the moment: plain numbers, stored as JSON. */
export const forecastModelSchema = z.object({
  version: z.literal(modelVersion),
  survivals: z.object({
    pooled: survival,
    tiers: z.record(z.string(), survival),
    types: z.record(z.string(), survival),
  }),
  intercept: z.number(),
  /** Of the logit of "still open by then", as the survival curve alone has it. */
  usual: z.number().nonnegative(),
  coefficients: numbers(featureCount),
  /** Stand in for features that are not known. */
  means: numbers(featureCount),
  /** By hour of the week, Monday 00 UTC first. */
  habits: numbers(168),
  /** From the logit of an hour's probability to that of how often it came true. */
  calibration: z.object({ intercept: z.number(), slope: z.number().positive() }),
});

export type ForecastModel = z.infer<typeof forecastModelSchema>;

/** The stored model; null when it is of another version, or none. */
export function parseForecastModel(stored: unknown): ForecastModel | null {
  const parsed = forecastModelSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

const weekHours = 168;

/** Monday 00 UTC is 0; 1970 began on a Thursday. */
export function hourOfWeek(hourStartMs: number): number {
  return (Math.floor(hourStartMs / 3_600_000) + 72) % weekHours;
}

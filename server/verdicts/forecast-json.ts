import type { z } from "zod";
import type { forecastSchema } from "#domain/api/verdict.ts";
import type { Clock } from "#domain/clock.ts";
import { formatInstant } from "#domain/instant.ts";

type Moment = Pick<Clock, "now" | "speed">;

export type ForecastJson = z.infer<typeof forecastSchema>;

/** What `forecastColumn` reads. */
export interface StoredForecast {
  breachProbability: number;
  p50Ms: number;
  p90Ms: number;
  madeAtMs: number;
}

/** Of a table `forecast` that is joined as `f`; null where there is none. */
export const forecastColumn = `
  CASE WHEN f.hour IS NOT NULL THEN json_build_object(
    'breachProbability', f.breach_probability, 'p50Ms', date_part('epoch', f.closes_at_p50) * 1000,
    'p90Ms', date_part('epoch', f.closes_at_p90) * 1000, 'madeAtMs', date_part('epoch', f.made_at) * 1000) END`;

// A forecast of then is none of now. In a fast drill half an hour is no time at all: there it takes some real seconds.
const staleAfterMs = 30 * 60_000;
const staleAfterRealMs = 10_000;

/**
 * The stored forecast of an hour that is not closed, brought up to now: 1 once the deadline has passed, and never before now. Null when
 * there is none, or nobody has made one for so long that it says nothing any more.
 */
export function toForecastJson(stored: StoredForecast | null, deadlineAt: Date, clock: Moment): ForecastJson | null {
  const nowMs = clock.now().getTime();
  if (!stored || nowMs > lastFreshMs(stored, clock)) return null;
  const notBefore = (ms: number) => formatInstant(new Date(Math.max(ms, nowMs)));
  return {
    breachProbability: nowMs >= deadlineAt.getTime() ? 1 : shown(stored.breachProbability),
    closesAt: { p50: notBefore(stored.p50Ms), p90: notBefore(stored.p90Ms) },
  };
}

/** The first moment in milliseconds at which toForecastJson may answer otherwise than now. */
export function forecastHoldsUntil(stored: StoredForecast | null, deadlineAt: Date, clock: Moment): number {
  const nowMs = clock.now().getTime();
  if (!stored || nowMs > lastFreshMs(stored, clock)) return Number.POSITIVE_INFINITY;
  const deadlineMs = deadlineAt.getTime();
  return Math.min(
    lastFreshMs(stored, clock) + 1,
    // What was to close by now closes now at the earliest: each moment says another.
    Math.max(stored.p50Ms, nowMs) + 1,
    Math.max(stored.p90Ms, nowMs) + 1,
    nowMs < deadlineMs ? deadlineMs : Number.POSITIVE_INFINITY,
  );
}

function lastFreshMs({ madeAtMs }: StoredForecast, { speed }: Moment): number {
  return madeAtMs + Math.max(staleAfterMs, staleAfterRealMs * speed);
}

/** Four digits; neither certainty before it is one. */
function shown(probability: number): number {
  return Math.min(Math.max(Math.round(probability * 1e4), 1), 9_999) / 1e4;
}

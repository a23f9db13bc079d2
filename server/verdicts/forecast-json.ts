import type { z } from "zod";
import type { forecastSchema } from "#domain/api/verdict.ts";
import type { Clock } from "#domain/clock.ts";
import { formatInstant } from "#domain/instant.ts";

type Moment = Pick<Clock, "now" | "speed">;

export type ForecastJson = z.infer<typeof forecastSchema>;

/** Row of `forecastColumn`. */
export interface StoredForecast {
  breachProbability: number;
  p50Ms: number;
  p90Ms: number;
  madeAtMs: number;
}

/** Needs a table `forecast` joined as `f`; null if there is none. */
export const forecastColumn = `
  CASE WHEN f.hour IS NOT NULL THEN json_build_object(
    'breachProbability', f.breach_probability, 'p50Ms', date_part('epoch', f.closes_at_p50) * 1000,
    'p90Ms', date_part('epoch', f.closes_at_p90) * 1000, 'madeAtMs', date_part('epoch', f.made_at) * 1000) END`;

// An old forecast says nothing about now. In a fast drill half an hour is no time, so some real seconds must pass.
const staleAfterMs = 30 * 60_000;
const staleAfterRealMs = 10_000;

/**
 * The stored forecast of an unclosed hour, brought up to now: 1 once the deadline has passed, and never before now. Null if there is
 * none, or if it is too old to be meaningful.
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

/** The first moment in milliseconds at which toForecastJson may return another value. */
export function forecastHoldsUntil(stored: StoredForecast | null, deadlineAt: Date, clock: Moment): number {
  const nowMs = clock.now().getTime();
  if (!stored || nowMs > lastFreshMs(stored, clock)) return Number.POSITIVE_INFINITY;
  const deadlineMs = deadlineAt.getTime();
  return Math.min(
    lastFreshMs(stored, clock) + 1,
    // An estimate in the past becomes now, so it changes with every moment.
    Math.max(stored.p50Ms, nowMs) + 1,
    Math.max(stored.p90Ms, nowMs) + 1,
    nowMs < deadlineMs ? deadlineMs : Number.POSITIVE_INFINITY,
  );
}

function lastFreshMs({ madeAtMs }: StoredForecast, { speed }: Moment): number {
  return madeAtMs + Math.max(staleAfterMs, staleAfterRealMs * speed);
}

/** Four digits; never rounded to 0 or 1. */
function shown(probability: number): number {
  return Math.min(Math.max(Math.round(probability * 1e4), 1), 9_999) / 1e4;
}

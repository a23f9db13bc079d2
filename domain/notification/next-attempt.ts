const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The waits that Standard Webhooks recommends, 75 h 35 min in all: https://www.standardwebhooks.com, "Deliverability and
 * reliability".
 */
const standardWebhooks = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** A page is worth most within the minute, and little after a day: after these waits, one more every two minutes. */
const firstWaits = [5 * second, 15 * second, 30 * second, minute];
const laterWaitMs = 2 * minute;
const giveUpAfterMs = 24 * hour;

/** The longest that a receiver can delay a page, whatever its Retry-After says. */
const mostRetryAfterMs = hour;

/** `page`: people wait for it. `webhook`: a job of another system does, which may be away for days. */
export type RetrySchedule = "page" | "webhook";

export interface FailedAttempts {
  schedule: RetrySchedule;
  /** Failed attempts so far, including the last one. */
  attempts: number;
  /** Real milliseconds since the first. */
  sinceFirstMs: number;
  /** The receiver's Retry-After. */
  afterMs?: number | undefined;
  /** From 0 to 1: jitter, to spread what failed together. */
  chance: number;
}

/** Real milliseconds until the next attempt; null: give up. */
export function nextAttempt({ schedule, attempts, sinceFirstMs, afterMs, chance }: FailedAttempts): number | null {
  const asked = Math.min(afterMs ?? 0, mostRetryAfterMs);
  const scheduled =
    schedule === "webhook" ? (standardWebhooks[attempts - 1] ?? null) : pageWait(attempts, sinceFirstMs);
  if (scheduled === null) return null;
  return Math.round(Math.max(scheduled * (1 + chance / 10), asked));
}

function pageWait(attempts: number, sinceFirstMs: number): number | null {
  if (sinceFirstMs >= giveUpAfterMs) return null;
  return firstWaits[attempts - 1] ?? laterWaitMs;
}

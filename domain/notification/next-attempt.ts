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

/** A page is worth little after a day, and most within the minute. */
const exponential = { firstMs: second, factor: 2, mostMs: 5 * minute, giveUpAfterMs: 24 * hour };

/** The longest that a receiver can delay a page, whatever its Retry-After says. */
const mostRetryAfterMs = hour;

export interface FailedAttempts {
  channelType: string;
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
export function nextAttempt({ channelType, attempts, sinceFirstMs, afterMs, chance }: FailedAttempts): number | null {
  const asked = Math.min(afterMs ?? 0, mostRetryAfterMs);
  const scheduled =
    channelType === "webhook" ? (standardWebhooks[attempts - 1] ?? null) : exponentialWait(attempts, sinceFirstMs);
  if (scheduled === null) return null;
  return Math.round(Math.max(scheduled * (1 + chance / 10), asked));
}

function exponentialWait(attempts: number, sinceFirstMs: number): number | null {
  if (sinceFirstMs >= exponential.giveUpAfterMs) return null;
  return Math.min(exponential.firstMs * exponential.factor ** (attempts - 1), exponential.mostMs);
}

import type { Throttle } from "./incidents.ts";

type Terms = Pick<Throttle, "fromAt" | "toAt" | "rate" | "catchUp">;

/** When something passes that would have passed at `atMs`. Order is kept, and nothing passes earlier. */
export function passesAt({ fromAt, toAt, rate, catchUp }: Terms, atMs: number): number {
  const from = fromAt.getTime();
  const to = toAt.getTime();
  if (atMs < from) return atMs;
  const queued = atMs - from;
  if (queued < rate * (to - from)) return from + queued / rate;
  return Math.max(atMs, to + (queued - rate * (to - from)) / catchUp);
}

/** The inverse: by `atMs`, everything has passed that would have by the returned instant. */
export function passedBy({ fromAt, toAt, rate, catchUp }: Terms, atMs: number): number {
  const from = fromAt.getTime();
  const to = toAt.getTime();
  if (atMs < from) return atMs;
  if (atMs < to) return from + (atMs - from) * rate;
  return Math.min(atMs, from + rate * (to - from) + (atMs - to) * catchUp);
}

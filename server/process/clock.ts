import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "#domain/clock.ts";
import type { DrillClock } from "#server/config.ts";

export interface ClockOptions {
  /** TIDEMARK_CLOCK; null: real time. */
  setting: DrillClock | null;
  /** The real instant at which the drill started, the same for all processes; null: now. */
  startedAtMs?: number | null;
  /** Real time; tests replace it. */
  realNowMs?: () => number;
}

/** The real clock, or a drill's: it shows `startsAt` at the product's start and runs `speed` times as fast. */
export function createClock({ setting, startedAtMs, realNowMs = Date.now }: ClockOptions): Clock {
  if (!setting) return { now: () => new Date(realNowMs()), speed: 1, toRealMs: (productMs) => productMs };
  const { startsAt, speed } = setting;
  const startMs = startedAtMs ?? realNowMs();
  return {
    now: () => new Date(Math.round(startsAt.getTime() + (realNowMs() - startMs) * speed)),
    speed,
    toRealMs: (productMs) => productMs / speed,
  };
}

/** The shortest wait, so that no loop spins however fast a drill runs. */
export const leastRealMs = 5;
/** The longest timer in Node: 24 days. */
const mostRealMs = 2 ** 31 - 1;

/** Waits this many milliseconds of the product's time; returns early, without an error, when the signal aborts. */
export async function wait(clock: Clock, productMs: number, signal?: AbortSignal): Promise<void> {
  const realMs = Math.min(Math.max(clock.toRealMs(productMs), leastRealMs), mostRealMs);
  await sleep(realMs, undefined, signal && { signal }).catch(() => undefined);
}

/** How long to wait, in real milliseconds, before an event may be sent; 0 or less: at once. */
export type Pace = (timeMs: number | null, sent: number) => number;

export interface ProductTime {
  /** The product's clock at the moment of the answer. */
  nowMs: number;
  /** Product seconds in one real second. */
  speed: number;
  /** `performance.now()` at the moment of the answer. */
  readAtMs: number;
}

export const atOnce: Pace = () => 0;

/** At so many times the pace of the events' own times, counted from the first. */
export function atSpeed(speed: number, realNowMs: () => number = () => performance.now()): Pace {
  let origin: { timeMs: number; realMs: number } | null = null;
  return (timeMs) => {
    if (timeMs === null) return 0;
    origin ??= { timeMs, realMs: realNowMs() };
    return origin.realMs + (timeMs - origin.timeMs) / speed - realNowMs();
  };
}

/** So many events a second. */
export function atRate(eventsPerSecond: number, realNowMs: () => number = () => performance.now()): Pace {
  const startedAtMs = realNowMs();
  return (_, sent) => startedAtMs + (sent * 1000) / eventsPerSecond - realNowMs();
}

/** Each when the product's own clock reaches its time. `read` gives what is known of that clock now. */
export function followingClock(read: () => ProductTime, realNowMs: () => number = () => performance.now()): Pace {
  return (timeMs) => {
    if (timeMs === null) return 0;
    const { nowMs, speed, readAtMs } = read();
    return (timeMs - nowMs) / speed - (realNowMs() - readAtMs);
  };
}

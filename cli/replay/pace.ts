/** How long to wait, in real milliseconds, before an event may be sent; 0 or less: at once. */
export type Pace = (timeMs: number | null, sent: number) => number;

export interface ProductTime {
  /** The product's clock at the time of the answer. */
  nowMs: number;
  /** Product seconds per real second. */
  speed: number;
  /** `performance.now()` at the time of the answer. */
  readAtMs: number;
}

export const atOnce: Pace = () => 0;

/** At a multiple of the pace of the events' own times, counted from the first. */
export function atSpeed(speed: number, realNowMs: () => number = () => performance.now()): Pace {
  let origin: { timeMs: number; realMs: number } | null = null;
  return (timeMs) => {
    if (timeMs === null) return 0;
    origin ??= { timeMs, realMs: realNowMs() };
    return origin.realMs + (timeMs - origin.timeMs) / speed - realNowMs();
  };
}

/** This many events per second. */
export function atRate(eventsPerSecond: number, realNowMs: () => number = () => performance.now()): Pace {
  const startedAtMs = realNowMs();
  return (_, sent) => startedAtMs + (sent * 1000) / eventsPerSecond - realNowMs();
}

/** Each when the product's own clock reaches its time. `read` returns the latest reading of that clock. */
export function followingClock(read: () => ProductTime, realNowMs: () => number = () => performance.now()): Pace {
  return (timeMs) => {
    if (timeMs === null) return 0;
    const { nowMs, speed, readAtMs } = read();
    return (timeMs - nowMs) / speed - (realNowMs() - readAtMs);
  };
}

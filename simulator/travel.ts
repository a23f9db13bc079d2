import { addHours, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import type { TierName } from "./event-types.ts";
import type { Throttle } from "./incidents.ts";
import { logNormal, randomAt, randomOf } from "./random.ts";
import type { Lane, Simulation } from "./simulation.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const medianLagMs: Record<TierName, number> = { high: 4.5 * minuteMs, normal: 11 * minuteMs, low: 20 * minuteMs };

/** How one hour's events travel. Instants are milliseconds; each function is monotone. */
export interface Travel {
  publishedAtMs(eventTimeMs: number): number;
  /** `straggling` 1: the slowest events, which the watermark waits for; 0.5: most of them have arrived. */
  deliveredAtMs(eventTimeMs: number, straggling: number): number;
  publishedThroughMs(atMs: number): number;
  deliveredThroughMs(atMs: number, straggling: number): number;
}

/** Valid for event times within the hour, including its end. */
export function travelOf(simulation: Simulation, lane: Lane, hour: Hour): Travel {
  const start = hour.getTime();
  const { publishLagMs } = lane.dc;
  // From one hour's end to the next the lag is linear, with a slope below 1: nothing overtakes.
  const lagAtStart = usualLagMs(simulation, lane, addHours(hour, -1));
  const growth = (usualLagMs(simulation, lane, hour) - lagAtStart) / hourMs;
  return {
    publishedAtMs: (eventTimeMs) =>
      lane.beforeQueue.reduce((at, throttle) => passesAt(throttle, at), eventTimeMs + publishLagMs),
    deliveredAtMs: (eventTimeMs, straggling) => {
      const lag = publishLagMs + straggling * (lagAtStart + growth * (eventTimeMs - start));
      return lane.beforePartition.reduce((at, throttle) => passesAt(throttle, at), eventTimeMs + lag);
    },
    publishedThroughMs: (atMs) =>
      lane.beforeQueue.reduceRight((at, throttle) => passedBy(throttle, at), atMs) - publishLagMs,
    deliveredThroughMs: (atMs, straggling) => {
      const undelayed = lane.beforePartition.reduceRight((at, throttle) => passedBy(throttle, at), atMs);
      const sinceStart = undelayed - start - publishLagMs - straggling * lagAtStart;
      return start + sinceStart / (1 + straggling * growth);
    },
  };
}

/** The exporter's watermark at the instant; the first hour's start if nothing later has passed. */
export function watermarkAt(simulation: Simulation, lane: Lane, at: Date): Date {
  for (let hour = hourOf(at); hour >= simulation.startAt; hour = addHours(hour, -1)) {
    const through = travelOf(simulation, lane, hour).deliveredThroughMs(at.getTime(), 1);
    if (through >= hour.getTime()) return new Date(Math.min(Math.floor(through), hourEnd(hour).getTime()));
  }
  return simulation.startAt;
}

/** Without incidents, how long after the hour's end its last event is delivered. 90 seconds to 50 minutes. */
function usualLagMs(simulation: Simulation, { type, dc }: Lane, hour: Hour): number {
  const { seed } = simulation.fleet;
  const taste = 0.75 + 0.6 * randomOf(seed, `lag/${type.name}`)();
  const random = randomAt(seed, `lag/${type.name}/${dc.name}`, hour);
  const straggler = random() < 0.004 ? 2.5 : 1;
  const lag = logNormal(random, medianLagMs[type.tier] * taste * dc.slowness, 0.3) * straggler;
  return Math.min(50 * minuteMs, Math.max(1.5 * minuteMs, lag));
}

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

import { hourMs } from "./closings.ts";

/** What is said right now of one event type at one datacenter. */
export interface LiveLane {
  watermarkMs: number | null;
  /** When the hour before the one that the watermark stands in was closed here; null: unknown. */
  crossedAtMs: number | null;
  /** The age of the oldest event that waits, by a gauge that is fresh; null: there is none. */
  backlogAgeMs: number | null;
  /** Of the hour that is asked about. null: not known yet. */
  produced: number | null;
  delivered: number;
}

/** What history keeps no trace of, as it showed at an instant. null: nobody had said. */
export interface LaneSigns {
  /** Mean over the datacenter's types: how far their watermarks are behind now, in multiples of "late", at most 2. */
  lag: number | null;
  /** The age of the oldest event that waits before a stage, by its gauge, in multiples of "late", at most 2. */
  backlog: number | null;
  produced: number | null;
  undelivered: number | null;
  /** How long ago the time is that the watermark stands at: so long the oldest event that may be missing has been waited for. */
  watermarkAgeMs: number | null;
  /** The delay with which the watermark reaches the hour's end if it goes on as it did since it last passed an hour's end. */
  projectedDelayMs: number | null;
}

export const noSigns: LaneSigns = {
  lag: null,
  backlog: null,
  produced: null,
  undelivered: null,
  watermarkAgeMs: null,
  projectedDelayMs: null,
};

// A watermark is taken to run at the pace of time until as much as this has been seen of it.
const usualPaceForMs = hourMs / 2;
const slowest = 0.05;
const fastest = 4;

/** What of a lane is seen now, when the hour that is asked about ends then and is late after `lateMs`. */
export function readSigns(
  lane: LiveLane,
  { endMs, lateMs, nowMs }: { endMs: number; lateMs: number; nowMs: number },
  lag: number | null,
): LaneSigns {
  return {
    lag,
    backlog: lane.backlogAgeMs === null ? null : multiplesOf(lateMs, lane.backlogAgeMs),
    produced: lane.produced,
    undelivered: lane.produced === null ? null : Math.max(0, lane.produced - lane.delivered),
    watermarkAgeMs: lane.watermarkMs === null ? null : Math.max(0, nowMs - lane.watermarkMs),
    projectedDelayMs: lane.watermarkMs === null ? null : projectDelay(lane.watermarkMs, lane.crossedAtMs, endMs, nowMs),
  };
}

function projectDelay(watermarkMs: number, crossedAtMs: number | null, endMs: number, nowMs: number): number {
  const sinceMs = crossedAtMs === null ? 0 : Math.max(0, nowMs - crossedAtMs);
  const movedMs = crossedAtMs === null ? 0 : watermarkMs - Math.floor(watermarkMs / hourMs) * hourMs;
  const pace = (movedMs + usualPaceForMs) / (sinceMs + usualPaceForMs);
  return nowMs - endMs + Math.max(0, endMs - watermarkMs) / Math.min(Math.max(pace, slowest), fastest);
}

/** The `lag` of LaneSigns, from the watermarks of all types at one datacenter; null when none was ever said. */
export function meanLag(watermarksMs: Iterable<number>, lateMs: number, nowMs: number): number | null {
  let sum = 0;
  let count = 0;
  for (const watermarkMs of watermarksMs) {
    sum += multiplesOf(lateMs, nowMs - watermarkMs);
    count++;
  }
  return count === 0 ? null : sum / count;
}

function multiplesOf(lateMs: number, ms: number): number {
  return Math.min(Math.max(0, ms) / lateMs, 2);
}

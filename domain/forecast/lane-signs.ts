import { hourMs } from "./closings.ts";

/** The latest reports of one event type at one datacenter. */
export interface LiveLane {
  watermarkMs: number | null;
  /** When the hour before the one that the watermark is in was closed here; null: unknown. */
  crossedAtMs: number | null;
  /** The age of the oldest waiting event, from a recent gauge; null: there is none. */
  backlogAgeMs: number | null;
  /** For the hour asked about. null: not known yet. */
  produced: number | null;
  delivered: number;
}

/** Signs at an instant that history does not keep. null: not reported. */
export interface LaneSigns {
  /** Mean over the datacenter's types: how far their watermarks are behind now, in multiples of "late", at most 2. */
  lag: number | null;
  /** The age of the oldest event waiting before a stage, from its gauge, in multiples of "late", at most 2. */
  backlog: number | null;
  produced: number | null;
  undelivered: number | null;
  /** How long ago the watermark's instant is: the longest that a missing event may have been waited for. */
  watermarkAgeMs: number | null;
  /** The delay with which the watermark reaches the hour's end at its speed since the last hour's end it passed. */
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

// A watermark is assumed to run at the speed of time until this much of it has been observed.
const usualPaceForMs = hourMs / 2;
const slowest = 0.05;
const fastest = 4;

/** The current signs of a lane, if the hour asked about ends then and is late after `lateMs`. */
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

/** The `lag` of LaneSigns, from the watermarks of all types at one datacenter; null if none was ever reported. */
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

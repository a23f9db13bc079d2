import { type Closings, endMsOf, hourMs, indexOfHour, type TypeClosings } from "./closings.ts";
import type { LaneSurroundings } from "./lane-features.ts";
import { type LaneSigns, noSigns } from "./lane-signs.ts";
import { lateAfterMs, type RecentLateness } from "./lateness.ts";

const minuteMs = 60_000;

/** The delays after an hour's end (the first: before it) at which history is asked what could have been predicted. */
export const landmarksMs: readonly number[] = [
  -30, 0, 15, 30, 45, 60, 90, 120, 180, 240, 360, 540, 720, 1080, 1440, 2160, 2880,
].map((minutes) => minutes * minuteMs);

/** What was observed of an hour while it was open: signs that history itself does not keep. */
export interface ForecastSample {
  eventType: string;
  hourStartMs: number;
  /** The one of landmarksMs that it was taken for. */
  landmarkMs: number;
  atMs: number;
  lanes: readonly { dc: string; signs: LaneSigns }[];
}

/** An hour as it stood at a past instant, and its outcome. */
export interface PastQuestion {
  type: TypeClosings;
  index: number;
  endMs: number;
  atMs: number;
  lanes: { dc: string; signs: LaneSigns; around: LaneSurroundings; closedAtMs: number }[];
}

export interface PastRange {
  closings: Closings;
  lateness: RecentLateness;
  samples: ReadonlyMap<string, ForecastSample>;
  /** Hours that end after `afterMs`; nothing is asked later than `beforeMs`. */
  afterMs: number;
  beforeMs: number;
}

export function sampleKey(eventType: string, hourStartMs: number, landmarkMs: number): string {
  return `${eventType} ${hourStartMs} ${landmarkMs}`;
}

/** Possible questions: `[type, hour index, landmark]`, for every hour that was open then anywhere. */
export type PastPlace = readonly [TypeClosings, number, number];

export function pastPlaces(range: PastRange, landmarkMs: number): PastPlace[] {
  const { closings, afterMs, beforeMs } = range;
  const first = Math.max(0, indexOfHour(closings, afterMs - hourMs) + 1);
  const places: PastPlace[] = [];
  for (const type of closings.types) {
    const lanes = [...type.lanes.values()];
    for (let index = first; index < closings.hours; index++) {
      const atMs = endMsOf(closings, index) + landmarkMs;
      if (atMs > beforeMs) break;
      if (lanes.some((lane) => (lane[index] as number) > atMs)) places.push([type, index, landmarkMs]);
    }
  }
  return places;
}

/** What was known at that point; null if the hour was closed by the time of its sample. */
export function askPast(range: PastRange, [type, index, landmarkMs]: PastPlace): PastQuestion | null {
  const { closings, lateness } = range;
  const endMs = endMsOf(closings, index);
  const sample = range.samples.get(sampleKey(type.eventType, endMs - hourMs, landmarkMs));
  const atMs = sample?.atMs ?? endMs + landmarkMs;
  const lateMs = lateAfterMs(type.deadlineMs);
  const lanes: PastQuestion["lanes"] = [];
  for (const [dc, lane] of type.lanes) {
    const closedAtMs = lane[index] as number;
    if (!(closedAtMs > atMs)) continue;
    const watermarkAgeMs = atMs - watermarkAt(closings, lane, index, atMs);
    const signs = sample?.lanes.find((each) => each.dc === dc)?.signs ?? { ...noSigns, watermarkAgeMs };
    lanes.push({ dc, signs, closedAtMs, around: surroundings(lateness, type, dc, lateMs, atMs) });
  }
  return lanes.length === 0 ? null : { type, index, endMs, atMs, lanes };
}

/** Roughly where a lane's watermark stood: in the middle of the first hour that it had not passed, never ahead of its time. */
function watermarkAt(closings: Closings, lane: Float64Array, index: number, atMs: number): number {
  let first = index;
  while (first > 0 && (lane[first - 1] as number) > atMs) first--;
  return Math.min(endMsOf(closings, first) - hourMs / 2, atMs);
}

export function surroundings(
  lateness: RecentLateness,
  type: TypeClosings,
  dc: string,
  lateMs: number,
  nowMs: number,
): LaneSurroundings {
  return {
    datacenterLate: lateness.shareAt(dc, lateMs, nowMs),
    typeLate: lateness.shareOf(type, lateMs, nowMs),
    surprise: lateness.surpriseAt(dc, nowMs),
  };
}

/** An evenly spaced, deterministic subset of the list, up to this many. */
export function thin<Each>(list: readonly Each[], most: number): Each[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, at) => list[Math.floor((at * list.length) / most)] as Each);
}

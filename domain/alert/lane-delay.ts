import type { LaneNow, TypeFacts } from "./facts.ts";

const hourMs = 3_600_000;

/** Nothing was expected before this. */
type Watched = Pick<TypeFacts, "watchedFrom">;

/**
 * How far a watermark is behind now. One that stands on a full hour may come from a reporter that advances only when an hour is
 * done: it is measured from the end of the next hour. null: none was ever reported.
 */
export function secondsBehind({ watermark }: LaneNow, { watchedFrom }: Watched, at: Date): number | null {
  return watermark && Math.max(0, at.getTime() - Math.max(dueFromMs(watermark), watchedFrom.getTime())) / 1000;
}

/**
 * How long a watermark has stood still although an hour, or the next instant, waited for it. null: none was ever reported.
 */
export function secondsStalled(lane: LaneNow, { watchedFrom }: Watched, at: Date): number | null {
  const { watermark, movedAt, usualDelay } = lane;
  if (!watermark || !movedAt) return null;
  const steps = watermark.getTime() % hourMs === 0;
  // An hourly reporter is not missed before the hour is usually done.
  const waitedFromMs = steps ? dueFromMs(watermark) + (usualDelay?.p90Seconds ?? 0) * 1000 : movedAt.getTime();
  return Math.max(0, at.getTime() - Math.max(waitedFromMs, movedAt.getTime(), watchedFrom.getTime())) / 1000;
}

function dueFromMs(watermark: Date): number {
  const ms = watermark.getTime();
  return ms % hourMs === 0 ? ms + hourMs : ms;
}

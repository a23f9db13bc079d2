import { type Closings, endMsOf, hourMs } from "./closings.ts";

const longestTailMs = 24 * hourMs;

/**
 * Drops the last hours that a lane has not closed by now, if they span more than a day: it has not begun to report, is gone, or its history
 * is being imported right now. They would teach that hours stay open for days.
 */
export function withoutSilentTails(closings: Closings, nowMs: number): Closings {
  const types = closings.types.map((type) => ({
    ...type,
    lanes: new Map([...type.lanes].map(([dc, lane]) => [dc, withoutSilentTail(closings, lane, nowMs)])),
  }));
  return { ...closings, types };
}

function withoutSilentTail(closings: Closings, lane: Float64Array, nowMs: number): Float64Array {
  const from = lane.findLastIndex((closedAtMs) => closedAtMs <= nowMs) + 1;
  const open = lane.subarray(from).findIndex((closedAtMs) => closedAtMs > nowMs);
  const isShort = open < 0 || nowMs - endMsOf(closings, from + open) < longestTailMs;
  return isShort ? lane : lane.slice().fill(Number.NaN, from);
}

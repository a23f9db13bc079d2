import { addHours, hourOf } from "../hour.ts";
import { graceOf, type LaneLag } from "./lags.ts";
import type { DelayedHour } from "./situation.ts";

/** As far as samples go back. */
const mostHours = 24;

/**
 * The hours that the lanes hold up: ended for longer than a lane usually takes to close one, and not closed by its watermark; what was late
 * before the onset is not the incident's.
 * Alerts alone name fewer: not every event type has one of its own, and a rule may wait for longer.
 */
export function delayedHours(lags: readonly LaneLag[], onset: Date, atMs: number): DelayedHour[] {
  return lags.flatMap(({ lane, limitMs }) => {
    const markMs = lane.samples.markMs.at(-1) ?? null;
    if (markMs === null) return [];
    const allowedMs = limitMs + graceOf(lane);
    const hours: DelayedHour[] = [];
    for (let end = hourOf(new Date(atMs - allowedMs)); hours.length < mostHours; end = addHours(end, -1)) {
      if (end.getTime() <= markMs || end.getTime() + allowedMs <= onset.getTime()) break;
      hours.push({ eventType: lane.eventType, hour: addHours(end, -1) });
    }
    return hours;
  });
}

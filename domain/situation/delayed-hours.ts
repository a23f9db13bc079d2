import { addHours, hourOf } from "../hour.ts";
import type { PlaceFacts } from "./facts.ts";
import { firstAtOrAfter, graceOf, limitOf } from "./lags.ts";
import type { DelayedHour } from "./situation.ts";

/** As far as samples go back. */
const mostHours = 24;

/**
 * The hours that the place's lanes held up since the onset: ended for longer than a lane usually takes to close one before its watermark passed
 * them. An incident that is opened late has those too that were closed before; what was late before the onset is not its own.
 * Alerts alone name fewer: not every event type has one of its own, and a rule may wait for longer.
 */
export function delayedHours(place: PlaceFacts, onset: Date): DelayedHour[] {
  const { atMs } = place;
  const nowMs = atMs.at(-1);
  if (nowMs === undefined) return [];
  return place.lanes.flatMap((lane) => {
    const allowedMs = limitOf(lane) + graceOf(lane);
    const { markMs } = lane.samples;
    const hours: DelayedHour[] = [];
    let end = hourOf(new Date(nowMs - allowedMs));
    for (let seen = 0; seen < mostHours && end.getTime() + allowedMs > onset.getTime(); seen++) {
      const expectedBy = new Date(end.getTime() + allowedMs);
      const mark = markMs[firstAtOrAfter(atMs, expectedBy.getTime())] ?? null;
      const isHeldUp = mark !== null && mark < end.getTime();
      if (isHeldUp) hours.push({ eventType: lane.eventType, hour: addHours(end, -1), expectedBy });
      end = addHours(end, -1);
    }
    return hours;
  });
}

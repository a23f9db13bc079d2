import { hourEnd } from "../hour.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { addSeconds, secondsBetween } from "./words.ts";

const slackSeconds = 300;
const unknownUsualSeconds = 1800;
/** A few closings may all have been late. */
const fewHours = 3;

/** Seconds after an hour's end beyond which this datacenter is later than usual. */
export function usualLimitSeconds({ usualDelay }: Pick<LaneToExplain, "usualDelay">): number {
  if (!usualDelay) return unknownUsualSeconds;
  const limit = Math.max(usualDelay.p90Seconds * 1.5, usualDelay.p90Seconds + slackSeconds);
  return usualDelay.hours < fewHours ? Math.min(limit, unknownUsualSeconds) : limit;
}

/** How long after the hour's end it closed here, or has been open until now; negative: the hour has not ended. */
export function delaySeconds(lane: LaneToExplain, { hour, now }: TroubledHour): number {
  return secondsBetween(hourEnd(hour), lane.closedAt ?? now);
}

/*
 * A lane is behind
 *
 *   hour                              when
 *   closed after its deadline         it closed after the deadline
 *   closed in time                    it closed three times later than its usual limit: worth a note, not a breach
 *   not closed, late                  it has not closed
 *   not closed, before the deadline   it has not closed by its usual limit, or a watermark's lag says that it will not
 */
export function isBehind(lane: LaneToExplain, hour: TroubledHour): boolean {
  const limit = usualLimitSeconds(lane);
  if (lane.closedAt) {
    if (lane.closedAt > hour.deadlineAt) return true;
    return hour.closedAt !== null && hour.closedAt <= hour.deadlineAt && delaySeconds(lane, hour) > 3 * limit;
  }
  if (hour.now > hour.deadlineAt) return true;
  if (delaySeconds(lane, hour) > limit) return true;
  // Watermarks may be reported per whole hour only: one more hour behind is then usual.
  return lane.watermark !== null && secondsBetween(lane.watermark, hour.now) > limit + 3600;
}

/** Its watermark is further behind than this datacenter usually is, or was never reported. */
export function lagsBehind(lane: LaneToExplain, { now }: TroubledHour): boolean {
  if (lane.watermark === null) return true;
  // Reported per whole hour only, it is due an hour later.
  const byHours = lane.watermark.getTime() % 3_600_000 === 0 ? 3600 : 0;
  return secondsBetween(lane.watermark, now) > usualLimitSeconds(lane) + byHours;
}

export interface Onset {
  /** The last closing within its usual time; null: none is known. */
  goodAt: Date | null;
  /** The end of the first hour that was not closed in time. */
  firstBadEndsAt: Date;
}

/** The interval in which a datacenter started to be late: its unbroken run of late hours up to this one. */
export function findOnset(lane: LaneToExplain, { hour, now }: TroubledHour): Onset {
  const limit = usualLimitSeconds(lane);
  let firstBadEndsAt = hourEnd(hour);
  for (const closing of lane.closings.filter((each) => each.hour < hour).toReversed()) {
    const endsAt = hourEnd(closing.hour);
    if (closing.closedAt && secondsBetween(endsAt, closing.closedAt) <= limit) {
      return { goodAt: closing.closedAt, firstBadEndsAt };
    }
    if (secondsBetween(endsAt, closing.closedAt ?? now) > limit) firstBadEndsAt = endsAt;
  }
  return { goodAt: null, firstBadEndsAt };
}

/** Between the last good closing and the moment when the first late hour should have closed. */
export function onsetWindow(lane: LaneToExplain, hour: TroubledHour): { fromAt: Date; toAt: Date } {
  const { goodAt, firstBadEndsAt } = findOnset(lane, hour);
  return {
    fromAt: goodAt ?? addSeconds(firstBadEndsAt, -3600),
    toAt: addSeconds(firstBadEndsAt, usualLimitSeconds(lane)),
  };
}

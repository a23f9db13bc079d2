import { formatElapsed } from "../duration.ts";
import { formatCountOf } from "../figures.ts";
import { hourEnd } from "../hour.ts";
import { momentOf } from "../moment.ts";
import type { Stage } from "../protocol.ts";
import type { Cause, CauseCode } from "./cause.ts";
import { delaySeconds, onsetWindow, usualLimitSeconds } from "./delays.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { laneCause } from "./lane-cause.ts";
import { isShared, peerSigns } from "./peers.ts";
import { type Sign, sign } from "./score.ts";
import { secondsBetween } from "./words.ts";

/** Hours that follow each other faster than this were held up together and released at once. */
const letGoWithinSeconds = 2400;
/** A shorter wait is normal transit. */
const waitingLongSeconds = 300;

/**
 * For a datacenter that did close, late: the evidence left in the closings around the hour, and in a gauge of that
 * time.
 */
export function explainLateClosing(lane: LaneToExplain, closedAt: Date, hour: TroubledHour): Cause {
  const { datacenter } = lane;
  const { fromAt } = onsetWindow(lane, hour);
  const delay = delaySeconds(lane, hour);
  const gauge = gaugeOfThen(lane, fromAt, lateUntil(lane, hour));
  const pattern = patternOf(lane, hour);
  const code = codeOf(gauge?.stage, pattern?.code, lane);
  const usual = lane.usualDelay ? `, usually within ${formatElapsed(lane.usualDelay.p90Seconds)}` : "";
  const signs = [
    sign({
      fact: `${datacenter} closed the hour ${formatElapsed(delay)} after its end${usual}.`,
      weight: 0.5,
      at: closedAt,
      figure: delay,
      unit: "seconds",
    }),
    ...(pattern ? [pattern.sign] : []),
    ...(gauge ? [gauge.sign] : []),
    ...peerSigns(lane),
  ];
  return laneCause(lane, {
    code,
    stage: gauge?.stage ?? null,
    since: fromAt,
    signs,
    sentence: `${datacenter} held up the hour until ${momentOf(closedAt)}: ${said[code] ?? "the stored facts do not show why"}. It was last on time at ${momentOf(fromAt)}.`,
  });
}

const said: Partial<Record<CauseCode, string>> = {
  publishing_stalled: "its hosts' events did not reach the queue",
  watermark_stalled: "its watermark stalled, then its hours closed together",
  backlog: "its events were delivered more slowly than produced",
  shared_datacenter: "most of its event types were late",
};

function codeOf(waitedBefore: Stage | undefined, pattern: CauseCode | undefined, lane: LaneToExplain): CauseCode {
  if (waitedBefore === "published") return "publishing_stalled";
  if (pattern) return pattern;
  if (waitedBefore === "delivered") return "backlog";
  return isShared(lane) ? "shared_datacenter" : "datacenter_behind";
}

/** Until when it stayed late: its next closing in time, or now. */
function lateUntil(lane: LaneToExplain, { hour, now }: TroubledHour): Date {
  const limit = usualLimitSeconds(lane);
  const good = lane.closings.find(
    (each) => each.hour > hour && each.closedAt && secondsBetween(hourEnd(each.hour), each.closedAt) <= limit,
  );
  return good?.closedAt ?? now;
}

/** A gauge read while it was late: nothing reported since has replaced it. */
function gaugeOfThen(lane: LaneToExplain, fromAt: Date, until: Date): { stage: Stage; sign: Sign } | null {
  const gauge = lane.backlogs
    .filter(
      ({ observedAt, oldestAgeSeconds, stage }) =>
        observedAt >= fromAt &&
        observedAt <= until &&
        oldestAgeSeconds > Math.max(waitingLongSeconds, stage === "delivered" ? usualLimitSeconds(lane) : 0),
    )
    // Before the queue comes first: a backlog there delays everything behind it.
    .toSorted((a, b) => (a.stage < b.stage ? 1 : -1))[0];
  if (!gauge) return null;
  const many = gauge.messages === null ? "events" : formatCountOf(gauge.messages, "message");
  const fact = `At ${momentOf(gauge.observedAt)}, ${many} there were not ${gauge.stage} yet, the oldest ${formatElapsed(gauge.oldestAgeSeconds)} old.`;
  return {
    stage: gauge.stage,
    sign: sign({ fact, weight: 0.45, at: gauge.observedAt, figure: gauge.oldestAgeSeconds, unit: "seconds" }),
  };
}

/**
 * A stalled watermark closes hours close together once released, the first the latest; a slow one closes each later than
 * the one before.
 */
function patternOf(lane: LaneToExplain, { hour }: TroubledHour): { code: CauseCode; sign: Sign } | null {
  const limit = usualLimitSeconds(lane);
  const late = lane.closings.flatMap(({ hour: each, closedAt }) => {
    const delay = closedAt ? secondsBetween(hourEnd(each), closedAt) : 0;
    return closedAt && delay > limit ? [{ hour: each, closedAt, delay }] : [];
  });
  const index = late.findIndex((each) => each.hour.getTime() === hour.getTime());
  const [first, second] = index > 0 ? [late[index - 1], late[index]] : [late[index], late[index + 1]];
  // An hour in time between two late ones would separate two problems.
  if (!first || !second || second.hour.getTime() - first.hour.getTime() !== 3_600_000) return null;
  const apart = secondsBetween(first.closedAt, second.closedAt);
  const together = apart < letGoWithinSeconds && second.delay < first.delay;
  const fact = together
    ? `Its hours of ${momentOf(first.hour)} and ${momentOf(second.hour)} closed within ${formatElapsed(apart)} of each other: they were released together.`
    : `Its next hour closed ${formatElapsed(apart)} later, ${formatElapsed(second.delay)} after its end: it caught up slowly.`;
  const code = together ? "watermark_stalled" : "backlog";
  return { code, sign: sign({ fact, weight: 0.35, at: second.closedAt, figure: apart, unit: "seconds" }) };
}

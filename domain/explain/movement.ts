import { formatElapsed } from "../duration.ts";
import { formatCount, formatCountOf, formatShare } from "../figures.ts";
import { momentOf } from "../moment.ts";
import type { Stage } from "../protocol.ts";
import type { Cause } from "./cause.ts";
import { onsetWindow, usualLimitSeconds } from "./delays.ts";
import type { BacklogFact, LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { laneCause } from "./lane-cause.ts";
import { isShared, peerSigns } from "./peers.ts";
import { type Sign, sign } from "./score.ts";
import { addSeconds, secondsBetween } from "./words.ts";

/** A gauge older than this describes another moment. */
export const gaugeFreshForSeconds = 1800;
/** A shorter wait is normal transit. */
const waitingLongSeconds = 300;
const standsStillAfterSeconds = 600;
/** From this share of recent events unpublished, publishing itself is the problem: hosts buffer for seconds, not minutes. */
const muchUnpublished = 0.12;

/** For a datacenter that reports and has not closed: where its events wait, and whether its watermark moves at all. */
export function explainMovement(lane: LaneToExplain, hour: TroubledHour): Cause {
  const still = standingStill(lane, hour);
  const unpublished = waiting(lane, hour, "published");
  if (unpublished.isTrouble) return publishingStalled(lane, hour, unpublished, still);
  const undelivered = waiting(lane, hour, "delivered");
  if (still) return watermarkStalled(lane, hour, undelivered, still);
  if (undelivered.isTrouble) return backlog(lane, hour, undelivered);
  return behind(lane, hour);
}

interface Waiting {
  /** A backlog is visible. */
  isTrouble: boolean;
  signs: Sign[];
  /** When the oldest waiting event came; null: no gauge. */
  oldestAt: Date | null;
}

function waiting(lane: LaneToExplain, { now, hour }: TroubledHour, stage: Exclude<Stage, "produced">): Waiting {
  const gauge = lane.backlogs.find((each) => each.stage === stage);
  const fresh = gauge && secondsBetween(gauge.observedAt, now) <= gaugeFreshForSeconds ? gauge : null;
  const isOld =
    fresh !== null &&
    fresh.oldestAgeSeconds > Math.max(waitingLongSeconds, stage === "delivered" ? usualLimitSeconds(lane) : 0);
  const came =
    stage === "published" ? lane.countsSince.produced : (lane.countsSince.published ?? lane.countsSince.produced);
  const passed = stage === "published" ? lane.countsSince.published : lane.countsSince.delivered;
  const gap = came !== null && passed !== null && came > 0 ? Math.max(0, came - passed) : 0;
  const share = came ? gap / came : 0;
  // Delivery takes its usual minutes: this many of the events since the hour began may be in transit.
  const usual =
    stage === "published"
      ? muchUnpublished
      : muchUnpublished + usualLimitSeconds(lane) / Math.max(3600, secondsBetween(hour, now));
  const isMuch = share > usual;
  const signs = [
    ...(fresh && isOld ? [gaugeSign(lane, fresh)] : []),
    ...(isMuch && came !== null
      ? [
          sign({
            fact: `${formatCount(gap)} of ${formatCount(came)} events (${formatShare(gap, came)}) that ${lane.datacenter} ${stage === "published" ? "produced" : "published"} since ${momentOf(hour)} are not ${stage} yet.`,
            weight: 0.5,
            figure: gap,
            unit: "events",
          }),
        ]
      : []),
  ];
  return {
    isTrouble: isOld || isMuch,
    signs,
    oldestAt: fresh && isOld ? addSeconds(fresh.observedAt, -fresh.oldestAgeSeconds) : null,
  };
}

function gaugeSign({ datacenter }: LaneToExplain, gauge: BacklogFact): Sign {
  const many = gauge.messages === null ? "events" : formatCountOf(gauge.messages, "message");
  return sign({
    fact: `At ${momentOf(gauge.observedAt)}, ${many} at ${datacenter} were not ${gauge.stage} yet, the oldest ${formatElapsed(gauge.oldestAgeSeconds)} old.`,
    weight: 0.55,
    at: gauge.observedAt,
    figure: gauge.oldestAgeSeconds,
    unit: "seconds",
  });
}

/** The sign that its watermark stands still; null while it moves. One reported per whole hour moves once an hour when healthy. */
function standingStill(lane: LaneToExplain, { now }: TroubledHour): Sign | null {
  const { watermark, watermarkMovedAt } = lane;
  if (!watermark || !watermarkMovedAt) return null;
  const byHours = watermark.getTime() % 3_600_000 === 0;
  const forSeconds = secondsBetween(watermarkMovedAt, now);
  if (forSeconds < standsStillAfterSeconds + (byHours ? 3600 : 0)) return null;
  return sign({
    fact: `${lane.datacenter}'s watermark has stalled at ${momentOf(watermark)} for ${formatElapsed(forSeconds)}.`,
    weight: 0.65,
    at: watermarkMovedAt,
    figure: forSeconds,
    unit: "seconds",
  });
}

function heardSign({ datacenter, lastSeenAt }: LaneToExplain, now: Date): Sign[] {
  if (!lastSeenAt) return [];
  const age = Math.max(0, secondsBetween(lastSeenAt, now));
  return [
    sign({
      fact: `${datacenter} sent its last message ${formatElapsed(age)} ago: it is not silent.`,
      weight: 0.1,
      at: lastSeenAt,
      figure: age,
      unit: "seconds",
    }),
  ];
}

function publishingStalled(
  lane: LaneToExplain,
  hour: TroubledHour,
  { signs, oldestAt }: Waiting,
  still: Sign | null,
): Cause {
  const { datacenter } = lane;
  const since = oldestAt ?? still?.at ?? onsetWindow(lane, hour).fromAt;
  return laneCause(lane, {
    code: "publishing_stalled",
    stage: "published",
    since,
    signs: [...signs, ...(still ? [{ ...still, weight: 0.3 }] : []), ...heardSign(lane, hour.now), ...peerSigns(lane)],
    sentence: `Events of ${datacenter}'s hosts have not reached the queue since ${momentOf(since)}. Check the network between its hosts and the queue, and the publishers there.`,
  });
}

function watermarkStalled(lane: LaneToExplain, hour: TroubledHour, { signs }: Waiting, still: Sign): Cause {
  const { datacenter, watermarkMovedAt } = lane;
  const since = watermarkMovedAt ?? onsetWindow(lane, hour).fromAt;
  return laneCause(lane, {
    code: "watermark_stalled",
    stage: "delivered",
    since,
    signs: [still, ...signs, ...heardSign(lane, hour.now), ...peerSigns(lane)],
    sentence: `${datacenter} sends messages, but its watermark has stalled since ${momentOf(since)}. Check or restart the exporter there: it is alive and makes no progress.`,
  });
}

function backlog(lane: LaneToExplain, hour: TroubledHour, { signs }: Waiting): Cause {
  const { datacenter } = lane;
  const { fromAt } = onsetWindow(lane, hour);
  return laneCause(lane, {
    code: "backlog",
    stage: "delivered",
    since: fromAt,
    signs: [
      sign({ fact: `${datacenter}'s watermark advances more slowly than real time.`, weight: 0.3, at: lane.watermark }),
      ...signs,
      ...peerSigns(lane),
    ],
    sentence: `A backlog has grown in the queue at ${datacenter} since about ${momentOf(fromAt)}: delivery is slower than production. Add consumers, or find what slows them.`,
  });
}

function behind(lane: LaneToExplain, hour: TroubledHour): Cause {
  const { datacenter, watermark } = lane;
  const shared = isShared(lane);
  const standing = watermark
    ? `its watermark is at ${momentOf(watermark)}`
    : "it has reported no watermark for this type";
  return laneCause(lane, {
    code: shared ? "shared_datacenter" : "datacenter_behind",
    stage: null,
    since: onsetWindow(lane, hour).fromAt,
    signs: [
      sign({ fact: `${datacenter} has not closed the hour: ${standing}.`, weight: 0.4, at: watermark }),
      ...heardSign(lane, hour.now),
      ...peerSigns(lane),
    ],
    sentence: shared
      ? `${datacenter} holds up most of its event types, and its reports do not show why. Ask its operators what changed there.`
      : `${datacenter} holds up this event type alone, and its reports do not show why. Check this type's exporter there.`,
  });
}

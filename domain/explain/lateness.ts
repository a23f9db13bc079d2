import { silentAfterSeconds } from "../reasons.ts";
import type { Cause } from "./cause.ts";
import { delaySeconds, isBehind, lagsBehind, usualLimitSeconds } from "./delays.ts";
import { blameDeployments } from "./deployments.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { explainLateClosing } from "./late-closing.ts";
import { explainMovement } from "./movement.ts";
import { isShared } from "./peers.ts";
import { rounded } from "./score.ts";
import { explainSilence } from "./silence.ts";
import { secondsBetween } from "./words.ts";

/** A forecast at or above this is reason enough to explain. */
const likelyLate = 0.5;
/** Where nothing is behind yet, causes of a forecast risk score lower. */
const fearedOnly = 0.5;
const barely = 1.5;

/** What holds the hour up, or held it up when it closed late: for every datacenter behind, its mechanism and the deployments that fit it. */
export function explainLateness(hour: TroubledHour): Cause[] {
  const behind = hour.lanes.filter((lane) => isBehind(lane, hour));
  const feared = behind.length === 0 && (hour.breachProbability ?? 0) >= likelyLate;
  // Right after an hour's end no datacenter has closed it: only those with an unusual lag are to be feared for.
  const lanes = feared ? hour.lanes.filter((lane) => lane.closedAt === null && lagsBehind(lane, hour)) : behind;
  return lanes.flatMap((lane) => {
    const causes = causesOf(lane, hour);
    return feared || isBarelyBehind(lane, hour) ? causes.map(weaken) : causes;
  });
}

function weaken(cause: Cause): Cause {
  return { ...cause, score: rounded(cause.score * fearedOnly) };
}

/** It has not closed by its usual limit, and closings a little later than that are chance more often than not. */
function isBarelyBehind(lane: LaneToExplain, hour: TroubledHour): boolean {
  if (lane.closedAt || hour.now > hour.deadlineAt || isShared(lane)) return false;
  const delay = delaySeconds(lane, hour);
  const limit = usualLimitSeconds(lane);
  return delay > limit && delay <= barely * limit;
}

function causesOf(lane: LaneToExplain, hour: TroubledHour): Cause[] {
  const mechanism = explainLane(lane, hour);
  return [mechanism, ...blameDeployments(mechanism, lane, hour)];
}

/*
 * Why a datacenter is behind; the first line that holds:
 *
 *   what shows                                                    code
 *   it has closed the hour, late                                  by the closings around it, see late-closing.ts
 *   no message from it for 15 minutes, or ever                    datacenter_silent
 *   its hosts' events do not reach the queue                      publishing_stalled
 *   its watermark stands still                                    watermark_stalled
 *   its watermark moves, events wait                              backlog
 *   none of these                                                 shared_datacenter or datacenter_behind
 */
function explainLane(lane: LaneToExplain, hour: TroubledHour): Cause {
  if (lane.closedAt) return explainLateClosing(lane, lane.closedAt, hour);
  const isSilent = !lane.lastSeenAt || secondsBetween(lane.lastSeenAt, hour.now) > silentAfterSeconds;
  return isSilent ? explainSilence(lane, hour) : explainMovement(lane, hour);
}

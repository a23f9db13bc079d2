import { silentAfterSeconds } from "../reasons.ts";
import type { Cause } from "./cause.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { explainLateClosing } from "./late-closing.ts";
import { explainMovement } from "./movement.ts";
import { explainSilence } from "./silence.ts";
import { secondsBetween } from "./words.ts";

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
export function explainLane(lane: LaneToExplain, hour: TroubledHour): Cause {
  if (lane.closedAt) return explainLateClosing(lane, lane.closedAt, hour);
  const isSilent = !lane.lastSeenAt || secondsBetween(lane.lastSeenAt, hour.now) > silentAfterSeconds;
  return isSilent ? explainSilence(lane, hour) : explainMovement(lane, hour);
}

import { formatElapsed } from "../duration.ts";
import { momentOf } from "../moment.ts";
import { silentAfterSeconds } from "../reasons.ts";
import { isBlind } from "./blindness.ts";
import type { Cause } from "./cause.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { laneCause } from "./lane-cause.ts";
import { peerSigns } from "./peers.ts";
import { type Sign, sign } from "./score.ts";
import { secondsBetween } from "./words.ts";

/** While Tidemark receives nothing at all, one datacenter's silence means little. */
const whileBlind = 0.3;

export function explainSilence(lane: LaneToExplain, hour: TroubledHour): Cause {
  const { datacenter, lastSeenAt } = lane;
  const { now } = hour;
  const silence = lastSeenAt
    ? `${datacenter} has sent nothing, of any type, since ${momentOf(lastSeenAt)}.`
    : `${datacenter} has not sent any message yet.`;
  const forSeconds = lastSeenAt && secondsBetween(lastSeenAt, now);
  const first = sign({ fact: silence, weight: 0.8, at: lastSeenAt, figure: forSeconds, unit: "seconds" });
  return laneCause(lane, {
    code: "datacenter_silent",
    // What it produces meanwhile is unknown too: stages after the first cannot be compared.
    stage: "produced",
    since: lastSeenAt,
    signs: [first, ...othersHeard(lane, hour), ...peerSigns(lane)],
    sentence: `${silence} Check its hosts, its network and its connection to the queue. Its counts are unknown until it reports again.`,
    relevance: isBlind(hour) ? whileBlind : 1,
  });
}

function othersHeard(lane: LaneToExplain, { lanes, now }: TroubledHour): Sign[] {
  const others = lanes.filter((each) => each !== lane);
  const heard = others.filter(({ lastSeenAt }) => lastSeenAt && secondsBetween(lastSeenAt, now) <= silentAfterSeconds);
  if (heard.length === 0) return [];
  const oldest = heard.reduce(
    (age, { lastSeenAt }) => Math.max(age, lastSeenAt ? secondsBetween(lastSeenAt, now) : 0),
    0,
  );
  const who =
    heard.length === others.length ? "Every other datacenter" : heard.map((each) => each.datacenter).join(", ");
  const fact = `${who} sent messages within the last ${formatElapsed(Math.max(1, oldest))}: ingest works.`;
  return [sign({ fact, weight: 0.4 * (heard.length / others.length), figure: oldest, unit: "seconds" })];
}

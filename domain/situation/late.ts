import { formatElapsed } from "../duration.ts";
import { formatCount, formatCountOf, formatShare } from "../figures.ts";
import { median } from "../median.ts";
import { momentOf } from "../moment.ts";
import type { LaneFacts, PlaceFacts } from "./facts.ts";
import { flowBetween, waitingBefore } from "./flow.ts";
import { firstAtOrAfter, type LaneLag, minuteMs } from "./lags.ts";
import { measuredSigns, onsetLateSeconds } from "./measured.ts";
import { type CauseTerms, signOf, type WeighedEvidence } from "./signs.ts";

/** Without a message for this long a datacenter is silent; one that sends is heard every few seconds. */
const silentMs = 10 * minuteMs;
/** A silence this long after the onset is not what it began with. */
const atOnceMs = 5 * minuteMs;
/** From this share of the events unpublished since the onset, publishing itself is the problem. */
const muchUnpublished = 0.4;
/** What came later is not what it began with. */
const firstMinutes = 25;
const blockMinutes = 5;
/** Fewer events show no flow. */
const leastEvents = 12;
const waitingLongSeconds = 300;
/** A watermark that moves at less than this share of time stands still. */
const standing = 0.1;

/** The time in which the trouble grew: from the minute of the onset to the worst, or now. */
export interface Growth {
  from: number;
  to: number;
  /** When it began, where that is known already: samples may begin later. */
  since?: Date;
}

export interface LateMechanism extends CauseTerms {
  /** The instant of the last message, for a silence; else null. */
  silentSince: Date | null;
}

/*
 * Why a datacenter's lanes fell behind, by what showed while they did; the first line that holds:
 *
 *   no message from it for 10 minutes, from the onset on      datacenter_silent
 *   its hosts' events did not reach the queue                 publishing_stalled
 *   its watermarks stood still                                watermark_stalled
 *   its watermarks moved slower than time                     backlog
 */
export function lateMechanism(place: PlaceFacts, lags: readonly LaneLag[], whole: Growth, now: Date): LateMechanism {
  const { datacenter, atMs } = place;
  const growth = { from: whole.from, to: Math.min(whole.to, whole.from + firstMinutes) };
  const lanes = lags.map(({ lane }) => lane);
  const onset = whole.since ?? new Date(atMs[growth.from] as number);
  const silence = silenceAround(place, growth);
  // A source's samples are seen late: it stood by then, and since when before is not known.
  const at = `${onsetLateSeconds(lags) > 0 ? "by" : "at"} ${momentOf(onset)}`;
  const shared = [lagSign(lags, place), ...peersSign(place, lags, now), ...measuredSigns(lags, place)];
  if (silence) {
    const since = momentOf(silence.since);
    const fact = `${datacenter} sent no message of any type for ${formatElapsed(silence.forMs / 1000)} from ${since}.`;
    const figure = Math.round(silence.forMs / 1000);
    return {
      code: "datacenter_silent",
      datacenter,
      // What it produced meanwhile is unknown too: later stages cannot be compared.
      stage: "produced",
      silentSince: silence.since,
      signs: [signOf({ code: "silence", fact, weight: 0.85, figure, unit: "seconds", asOf: silence.until }), ...shared],
      sentence: `${datacenter} stopped sending messages of any type at ${since}. Check its hosts, its network and its connection to the queue.`,
    };
  }
  const unpublished = unpublishedSigns(place, lanes, growth);
  if (unpublished.length > 0) {
    return {
      code: "publishing_stalled",
      datacenter,
      stage: "published",
      silentSince: null,
      signs: [...unpublished, ...shared],
      sentence: `Events of ${datacenter}'s hosts stopped reaching the queue ${at}. Check the network between its hosts and the queue, and the publishers there.`,
    };
  }
  const speed = speedOf(lags, place, growth);
  const signs = [speedSign(lags, speed, place, growth), ...undeliveredSigns(place, lanes), ...shared];
  if (speed < standing) {
    return {
      code: "watermark_stalled",
      datacenter,
      stage: "delivered",
      silentSince: null,
      signs,
      sentence: `${datacenter} kept sending messages, but its ${lanes.length === 1 ? "watermark" : "watermarks"} stopped ${at}. Check or restart the exporter there: it was alive and made no progress.`,
    };
  }
  return {
    code: "backlog",
    datacenter,
    stage: "delivered",
    silentSince: null,
    signs,
    sentence: `Delivery at ${datacenter} became slower than production ${at}, and a backlog grew in the queue. Add consumers, or find what slows them.`,
  };
}

/** The longest time without a message that began by the onset. */
function silenceAround({ atMs, heardMs }: PlaceFacts, { from, to }: Growth) {
  const latestMs = (atMs[from] as number) + atOnceMs;
  let longest: { since: Date; until: Date; forMs: number } | null = null;
  for (let at = from; at <= to; at++) {
    const heard = heardMs[at] ?? null;
    if (heard === null || heard > latestMs) continue;
    const forMs = (atMs[at] as number) - heard;
    if (forMs < silentMs || forMs <= (longest?.forMs ?? 0)) continue;
    longest = { since: new Date(heard), until: new Date(atMs[at] as number), forMs };
  }
  return longest;
}

/** Signs that events wait at the hosts; none while they reach the queue. */
function unpublishedSigns(place: PlaceFacts, lanes: readonly LaneFacts[], growth: Growth): WeighedEvidence[] {
  const { datacenter, atMs } = place;
  const onsetMs = atMs[growth.from] as number;
  const gauges = lanes.flatMap(({ backlogs }) =>
    backlogs.filter(
      ({ stage, oldestAgeSeconds, observedAt }) =>
        stage === "published" && oldestAgeSeconds > waitingLongSeconds && observedAt.getTime() >= onsetMs,
    ),
  );
  const signs: WeighedEvidence[] = [];
  const start = Math.min(growth.from + 1, growth.to);
  const flow = flowBetween(lanes, start, growth.to);
  const held = flow.produced - flow.published;
  if (flow.produced >= leastEvents && usuallyUnpublished(lanes, start, growth.to) > muchUnpublished) {
    const fact = `${formatCount(held)} of ${formatCount(flow.produced)} events (${formatShare(held, flow.produced)}) that ${datacenter} produced from ${momentOf(new Date(onsetMs))} to ${momentOf(new Date(atMs[growth.to] as number))} did not reach the queue meanwhile.`;
    const asOf = new Date(atMs[growth.to] as number);
    signs.push(
      signOf({ code: "unpublished", fact, weight: 0.75, figure: held, unit: "events", of: flow.produced, asOf }),
    );
  }
  if (gauges.length > 0) {
    const oldest = gauges.reduce((worst, each) => (each.oldestAgeSeconds > worst.oldestAgeSeconds ? each : worst));
    const fact = `At ${momentOf(oldest.observedAt)}, the oldest event at ${datacenter} that had not reached the queue was ${formatElapsed(oldest.oldestAgeSeconds)} old.`;
    const figure = oldest.oldestAgeSeconds;
    signs.push(
      signOf({ code: "unpublished_age", fact, weight: 0.6, figure, unit: "seconds", asOf: oldest.observedAt }),
    );
  }
  return signs;
}

/** The share of what was produced that was not published, in the middle one of some minutes: a host that reports late fills only one. */
function usuallyUnpublished(lanes: readonly LaneFacts[], from: number, to: number): number {
  const shares: number[] = [];
  for (let at = from; at < to; at += blockMinutes) {
    const { produced, published } = flowBetween(lanes, at, Math.min(to, at + blockMinutes));
    if (produced > 0) shares.push(1 - published / produced);
  }
  return median(shares) ?? 0;
}

/** How fast the lanes' watermarks moved while it grew, as a share of time: the median. */
function speedOf(lags: readonly LaneLag[], { atMs }: PlaceFacts, { from, to }: Growth): number {
  // The minute of the onset is partly before it.
  const start = to - from > 3 ? from + 2 : from;
  const speeds = lags
    .flatMap(({ lane: { samples } }) => {
      const [before, after] = [samples.markMs[start] ?? null, samples.markMs[to] ?? null];
      if (before === null || after === null || to === start) return [];
      return (after - before) / ((atMs[to] as number) - (atMs[start] as number));
    })
    .sort((a, b) => a - b);
  return speeds[Math.floor(speeds.length / 2)] ?? 0;
}

function speedSign(
  lags: readonly LaneLag[],
  speed: number,
  { datacenter, atMs }: PlaceFacts,
  { from, to }: Growth,
): WeighedEvidence {
  const [start, end] = [new Date(atMs[from] as number), new Date(atMs[to] as number)];
  const times = `from ${momentOf(start)} to ${momentOf(end)}`;
  const whose =
    lags.length === 1
      ? `${datacenter}'s watermark`
      : `The watermarks of ${formatCount(lags.length)} event types at ${datacenter}`;
  const fact =
    speed < standing
      ? `${whose} stood still ${times}.`
      : `${whose} advanced at ${formatShare(speed, 1)} of real time ${times}.`;
  return signOf({ code: "watermark", fact, weight: 0.65, figure: speed, unit: "share", asOf: end });
}

function undeliveredSigns(place: PlaceFacts, lanes: readonly LaneFacts[]): WeighedEvidence[] {
  const last = place.atMs.length - 1;
  const sum = waitingBefore(lanes, "delivered", last);
  if (!sum || sum.waiting === 0) return [];
  const asOf = new Date(place.atMs[last] as number);
  const fact = `At ${momentOf(asOf)}, ${formatCount(sum.waiting)} of ${formatCountOf(sum.came, "event")} in the running hours at ${place.datacenter} were not delivered.`;
  const { waiting: figure, came: of } = sum;
  return [signOf({ code: "undelivered", fact, weight: 0.3, figure, unit: "events", of, asOf })];
}

/** The lane that is furthest behind. */
function lagSign(lags: readonly LaneLag[], { datacenter, atMs }: PlaceFacts): WeighedEvidence {
  const last = atMs.length - 1;
  const asOf = new Date(atMs[last] as number);
  const worst = lags.reduce((a, b) => ((b.lagMs[last] ?? 0) > (a.lagMs[last] ?? 0) ? b : a));
  const figure = Math.round((worst.lagMs[last] ?? 0) / 1000);
  const fact = `At ${momentOf(asOf)}, ${datacenter} was up to ${formatElapsed(figure)} behind (${worst.lane.eventType}).`;
  return signOf({ code: "lag", fact, weight: 0.2, figure, unit: "seconds", asOf });
}

/** Whether the problem is the datacenter's or the types' own. */
function peersSign(place: PlaceFacts, lags: readonly LaneLag[], now: Date): WeighedEvidence[] {
  const of = place.lanes.length;
  if (of < 2) return [];
  const asOf = new Date(place.atMs.at(-1) ?? now.getTime());
  const figure = lags.length;
  const fact = `${formatCount(figure)} of ${formatCount(of)} event types at ${place.datacenter} have fallen behind.`;
  return [signOf({ code: "types", fact, weight: 0.3 * (figure / of), figure, unit: "types", of, asOf })];
}

/** The minute of an instant at a place, for a pinned onset. */
export function minuteOf({ atMs }: PlaceFacts, instant: Date): number {
  const after = firstAtOrAfter(atMs, instant.getTime());
  return after > 0 && (atMs[after] as number) > instant.getTime() ? after - 1 : after;
}

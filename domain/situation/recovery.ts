import type { PlaceFacts } from "./facts.ts";
import { type LaneLag, minuteMs } from "./lags.ts";
import type { Recovery } from "./situation.ts";

/** Over how many minutes a drain is measured: a lane's own lag wavers from one hour's events to the next. */
const drainMinutes = 120;
/** A lag that rose for less has wavered. */
const waverMinutes = 5;
/** Fewer show no rate. */
const leastMinutes = 2;
/** A lag that falls by less than this share of time is no recovery. */
const leastDrain = 0.1;
/** Lanes this close to the others are delayed like them; the rest is their own wavering. */
const alikeMs = 15 * minuteMs;
const alikeShare = 0.3;
const farMs = 60 * minuteMs;
/** The expected time is missed by this factor now and then. */
const likelySpread = 1.1;

export interface Drain {
  /** Lanes that catch up, that are no further behind than usual, and that do neither. */
  draining: number;
  caughtUp: number;
  stuck: number;
  /** Until the last of them has caught up. */
  p50Ms: number;
  p90Ms: number;
}

/** One lane that catches up: its lag beyond its usual one, and what of that is still usual. */
interface Catching {
  nowMs: number;
  usualMs: number;
  weight: number;
}

/** How fast one lane's lag fell, as a share of time. */
interface Falling {
  rate: number;
  weight: number;
}

/**
 * How the affected lanes of a place catch up after the minute `since`: the lag beyond the usual ÷ how fast it falls, for the one that is
 * furthest behind. What delays a datacenter delays its lanes alike, so lag and rate are the lanes' weighted means, but for lanes that
 * differ much.
 */
export function drainOf({ atMs }: PlaceFacts, lags: readonly LaneLag[], since: number): Drain {
  const last = atMs.length - 1;
  const start = fallsSince(lags, last, since);
  const drain: Drain = { draining: 0, caughtUp: 0, stuck: 0, p50Ms: 0, p90Ms: 0 };
  const catching: Catching[] = [];
  const falling: Falling[] = [];
  for (const { lane, lagMs, limitMs } of lags) {
    const [before, now] = [lagMs[start] ?? null, lagMs[last] ?? null];
    if (before === null || now === null) continue;
    // What a lane did after it had caught up says nothing of the others.
    const until = now <= limitMs ? lagMs.findIndex((lag, at) => at > start && (lag ?? 0) <= limitMs) : last;
    const forMs = (atMs[until] as number) - (atMs[start] as number);
    const rate = forMs < leastMinutes * minuteMs ? 0 : (before - (lagMs[until] ?? now)) / forMs;
    // A lane that is always on time says more than one whose lag wavers.
    const weight = 1 / limitMs ** 2;
    if (rate >= leastDrain && before > limitMs) falling.push({ rate, weight: weight * forMs });
    if (now <= limitMs) drain.caughtUp += 1;
    else if (rate < leastDrain) drain.stuck += 1;
    else {
      const middle = (lane.usualDelay?.p50Seconds ?? 0) * 1000;
      catching.push({ nowMs: now - middle, usualMs: limitMs - middle, weight });
    }
  }
  if (catching.length === 0) return drain;
  const commonMs = meanOf(catching, ({ nowMs }) => nowMs);
  const rate = meanOf(falling, (each) => each.rate);
  // Far from the end a lane's own lag wavers by then; close to it, it is what is left.
  const trust = Math.min(1, commonMs / farMs);
  const remaining = ({ nowMs, usualMs }: Catching) => {
    const isAlike = Math.abs(nowMs - commonMs) < Math.max(alikeMs, alikeShare * commonMs);
    return ((isAlike ? trust * commonMs + (1 - trust) * nowMs : nowMs) - usualMs) / rate;
  };
  const p50Ms = Math.max(0, ...catching.map(remaining));
  return { ...drain, draining: catching.length, p50Ms, p90Ms: p50Ms * likelySpread + 2 * minuteMs };
}

/** Nearly all that are behind catch up. */
export function isRecovering({ draining, stuck }: Drain): boolean {
  return draining > 0 && stuck <= draining / 4;
}

/** None of them is behind any more. */
function isCaughtUp({ draining, caughtUp, stuck }: Drain): boolean {
  return draining === 0 && stuck === 0 && caughtUp > 0;
}

/** A few lanes that are behind again waver. */
function wavers({ draining, caughtUp, stuck }: Drain): boolean {
  return (draining + stuck) * 4 <= caughtUp;
}

/** Nothing is left to catch up: its end is no estimate any more. */
export function hasCaughtUp({ p90At, asOf }: Pick<Recovery, "p90At" | "asOf">): boolean {
  return p90At <= asOf;
}

/** The last minute since which the lanes that are behind fall; at most so many minutes ago. */
function fallsSince(lags: readonly LaneLag[], last: number, since: number): number {
  const behind = lags.filter(({ lagMs, limitMs }) => (lagMs[last] ?? 0) > limitMs);
  for (let at = last; at > Math.max(since, last - drainMinutes); at--) {
    let change = 0;
    for (const { lagMs } of behind) change += (lagMs[at] ?? 0) - (lagMs[Math.max(0, at - waverMinutes)] ?? 0);
    if (change >= 0) return at;
  }
  return Math.max(since, last - drainMinutes);
}

function meanOf<Lane extends { weight: number }>(lanes: readonly Lane[], of: (lane: Lane) => number): number {
  const weights = lanes.reduce((sum, { weight }) => sum + weight, 0);
  return lanes.reduce((sum, lane) => sum + lane.weight * of(lane), 0) / weights;
}

/** What is expected is moved later by no less than this, or this share of what remains, and then by a little more than it takes. */
const leastMoveMs = 4 * minuteMs;
const overdueMs = 1.5 * minuteMs;
const moveShare = 0.15;
const moveMargin = 0.25;

/**
 * What is said of it: the estimate, steadied by what was said before. Small steps to later are left out, so that the expectation does not
 * waver.
 */
export function sayRecovery(drain: Drain, before: Recovery | null, now: Date): Recovery | null {
  if (before && (isCaughtUp(drain) || (hasCaughtUp(before) && wavers(drain)))) return caughtUp(before, now);
  if (!isRecovering(drain)) return null;
  const nowMs = now.getTime();
  const p50Ms = nowMs + drain.p50Ms;
  const say = (at: number, trend: Recovery["trend"]): Recovery => ({
    p50At: new Date(at),
    p90At: new Date(Math.max(nowMs + drain.p90Ms, at)),
    trend,
    asOf: now,
  });
  if (!before) return say(p50Ms, "steady");
  const saidMs = before.p50At.getTime();
  const laterMs = p50Ms - saidMs;
  const muchMs = Math.max(leastMoveMs, drain.p50Ms * moveShare);
  const marginMs = drain.p50Ms * moveMargin + leastMoveMs;
  const isOverdue = saidMs <= nowMs && laterMs > overdueMs;
  // Moved once, it stays until it is far off or overdue.
  const isHeld = before.trend === "later" && !isOverdue && laterMs > -marginMs && laterMs < saidMs - nowMs;
  if (isHeld) return say(saidMs, "later");
  if (laterMs > muchMs || isOverdue) return say(p50Ms + marginMs, "later");
  // Overdue by a little: it is over any minute.
  if (laterMs > 0) return say(Math.max(saidMs, nowMs), "steady");
  return say(p50Ms, -laterMs > muchMs ? "sooner" : "steady");
}

/** It stays so while alerts that hold for a while still fire. */
function caughtUp(before: Recovery, now: Date): Recovery {
  const at = before.p50At < now ? before.p50At : now;
  return { p50At: at, p90At: at, trend: "steady", asOf: now };
}

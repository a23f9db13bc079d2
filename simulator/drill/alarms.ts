import type { Trouble } from "#domain/alert/reading.ts";
import { isBeyondChance } from "#domain/chance.ts";
import type { HourFigures } from "#domain/situation/facts.ts";
import { countsAt } from "../hour-plan.ts";
import { hosts } from "../incidents.ts";
import type { LaneRecorder } from "./lane-recorder.ts";
import type { PlaceRecorder } from "./place-recorder.ts";
import type { World } from "./world.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** As the default rules have it (domain/alert/default-rules.ts). */
const stalledMs = { high: 15 * minuteMs, normal: 120 * minuteMs, low: Number.POSITIVE_INFINITY };
const deadlineMs = { high: 2 * hourMs, normal: 24 * hourMs, low: 72 * hourMs };
const countShare = { high: 0.001, normal: 0.01, low: 0.01 };
const skewShare = { high: 0.005, normal: 0.01, low: 0.02 };
const regressionHours = 3;
const settleMs = 15 * minuteMs;
const newsMs = 6 * hourMs;
const leastUsual = 30;

/** For how long a condition held, where a rule wants five minutes of it. */
export interface Held {
  backlogSinceMs: number | null;
  regressionSinceMs: number | null;
}

/** Does a default rule about delays page now? Names the lanes that it points at. */
export function isLatePaged(place: PlaceRecorder, world: World, held: Held): boolean {
  const last = place.atMs.length - 1;
  const now = place.atMs[last] as number;
  let pages = now - (place.heardMs[last] as number) > 15 * minuteMs;
  let old = false;
  const ratios: number[] = [];
  for (const lane of place.lanes) {
    const { tier } = lane.lane.type;
    const mark = lane.samples.markMs[last] as number;
    ratios.push((now - mark) / 1000 / Math.max(lane.usualDelay.p90Seconds, 120));
    const stalls = now - lane.movedMs > stalledMs[tier];
    const oldestEndMs = Math.floor(mark / hourMs) * hourMs + hourMs;
    const deadline = lane.lane.type.deadline === "60m" ? hourMs : deadlineMs[tier];
    const isNear = now - oldestEndMs > 0.8 * deadline;
    const isOld = tier === "high" && lane.backlogs.some(({ oldestAgeSeconds }) => oldestAgeSeconds > 45 * 60);
    if (stalls || isNear || isOld) lane.isNamed = true;
    pages ||= stalls || isNear;
    old ||= isOld;
  }
  held.backlogSinceMs = old ? (held.backlogSinceMs ?? now) : null;
  const middle = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  const isRecent = world.deployments.some(
    ({ datacenter, deployedAt }) =>
      datacenter === place.datacenter &&
      deployedAt.getTime() <= now &&
      deployedAt.getTime() > now - regressionHours * hourMs,
  );
  held.regressionSinceMs = isRecent && middle > 2 ? (held.regressionSinceMs ?? now) : null;
  const holds = (since: number | null) => since !== null && now - since >= 5 * minuteMs;
  return pages || holds(held.backlogSinceMs) || holds(held.regressionSinceMs);
}

/** Every lane is as far behind as usual, and the datacenter is heard. */
export function isCalm(place: PlaceRecorder): boolean {
  const last = place.atMs.length - 1;
  const now = place.atMs[last] as number;
  if (now - (place.heardMs[last] as number) > minuteMs) return false;
  return place.lanes.every(({ samples, limitMs }) => now - (samples.markMs[last] as number) <= limitMs);
}

/** The hours of a place whose counts a default rule takes exception to now. An hour's counts are final 15 minutes after its lane closed it. */
export function miscountedHours(
  place: PlaceRecorder,
  trouble: Exclude<Trouble, "late" | "unknown" | "blind">,
  usual: (lane: LaneRecorder, hourStartMs: number) => number,
): HourFigures[] {
  const now = place.atMs.at(-1) as number;
  const found: HourFigures[] = [];
  for (const lane of place.lanes) {
    if (trouble === "unreported" && !lane.lane.type.expectReporters) continue;
    for (let hour = Math.floor((now - newsMs) / hourMs) * hourMs; hour + hourMs <= now; hour += hourMs) {
      const closedMs = lane.planOf(hour).closesAt.getTime();
      const isDue = trouble === "unreported" ? now >= hour + hourMs + settleMs : now >= closedMs + settleMs;
      if (!isDue) continue;
      const figures = figuresOf(lane, hour, now);
      if (isExceptional(figures, trouble, lane, () => usual(lane, hour))) found.push(figures);
    }
  }
  return found;
}

function figuresOf(lane: LaneRecorder, hourStartMs: number, now: number): HourFigures {
  const { expectReporters } = lane.lane.type;
  const closedAt = lane.planOf(hourStartMs).closesAt;
  const byHost = expectReporters ? (countsAt(lane.planOf(hourStartMs), new Date(now)).byHost ?? []) : null;
  return {
    eventType: lane.lane.type.name,
    hour: new Date(hourStartMs),
    closedAt: closedAt.getTime() <= now ? closedAt : null,
    ...lane.countsOf(hourStartMs, now),
    reporters: byHost && { expected: hosts.length, missing: byHost.filter((events) => events === 0).length },
    counted: [],
  };
}

function isExceptional(
  { produced, delivered, skewed, reporters }: HourFigures,
  trouble: Exclude<Trouble, "late" | "unknown" | "blind">,
  { lane }: LaneRecorder,
  usual: () => number,
): boolean {
  const { tier, expectReporters } = lane.type;
  const came = produced ?? 0;
  const beyond = (count: number, whole: number, share: number) =>
    count > share * whole && isBeyondChance(count, whole, share);
  switch (trouble) {
    case "lost":
      return beyond(came - delivered, came, countShare[tier]);
    case "duplicated":
      return beyond(delivered - came, came, countShare[tier]);
    case "skewed":
      return beyond(skewed, delivered, skewShare[tier]);
    case "unreported":
      return expectReporters && came >= leastUsual && (reporters?.missing ?? 0) > 0;
    case "volume": {
      const expected = usual();
      return expected >= leastUsual && came < expected / 2;
    }
  }
}

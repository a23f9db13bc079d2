import type { Trouble } from "../alert/reading.ts";
import type { Stage } from "../protocol.ts";
import type { LaneFacts, LaneSamples, PlaceFacts } from "./facts.ts";
import { firstAtOrAfter, minuteMs, riseBegan } from "./lags.ts";

const hourMs = 3_600_000;
/** The window in which the trouble shows most clearly. */
const clearMinutes = 10;
/** What a host usually counts is what it counted just before. */
const usualMinutes = 45;
/** How long before the first affected hour it may have begun: the hour before showed too little of it. */
const beforeMinutes: Partial<Record<Trouble, number>> = { lost: 10, duplicated: 10, skewed: 20 };
const mostBeforeMinutes = 60;
/** What began in the last minutes of the last affected hour shows clearly only in the next. */
const afterMinutes = 15;
const eventsInWindow = 30;
const leastWindow = 3;
const mostWindow = 20;

export interface PartingTerms {
  trouble: Trouble;
  stage: Stage | null;
  /** When it shows at the earliest and at the latest. */
  fromMs: number;
  toMs: number;
}

/** When the lanes' counts parted: the minute after which the unusual share rose for good. null: the samples do not show it. */
export function whenCountsParted(place: PlaceFacts, lanes: readonly LaneFacts[], terms: PartingTerms): Date | null {
  const { atMs } = place;
  const from = firstAtOrAfter(atMs, terms.fromMs - (beforeMinutes[terms.trouble] ?? mostBeforeMinutes) * minuteMs);
  const to = firstAtOrAfter(atMs, terms.toMs + afterMinutes * minuteMs);
  if (to - from < clearMinutes) return null;
  const minutes = minutesOf(place, lanes, terms, from, to);
  const window = windowOf(minutes);
  const unusual = minutes.map((_, at) => shareIn(minutes, at - window, at, terms.trouble));
  const sum = [0];
  for (const share of unusual.slice(1)) sum.push((sum.at(-1) as number) + share);
  const [end, most] = clearest(sum);
  if (most <= 0) return null;
  const began = from + riseBegan(sum, () => most / 2, 0, end);
  // A window shows half of it when it is half in it.
  const atBegan = new Date((atMs[began] as number) - (window / 2) * minuteMs);
  // What is counted on delivery happened earlier.
  return terms.trouble === "skewed" ? new Date(atBegan.getTime() - transitMs(lanes, began, place)) : atBegan;
}

/** What came in a minute, and how much of it was unusual. */
interface Minute {
  unusual: readonly number[];
  came: number;
}

/** As many minutes as it takes to see some events: single minutes of a small type say nothing. */
function windowOf(minutes: readonly Minute[]): number {
  const came = minutes.reduce((sum, minute) => sum + minute.came, 0) / minutes.length;
  return Math.min(mostWindow, Math.max(leastWindow, Math.ceil(eventsInWindow / Math.max(came, 0.01))));
}

/**
 * The unusual share of what came in (from, to]. What is doubled, misplaced or not reported has one direction: chance in the other cancels it. Volumes
 * deviate in both, and so do losses, as a host that loses events may be silent too and counts them late: within a lane they cancel, not between lanes.
 */
function shareIn(minutes: readonly Minute[], from: number, to: number, trouble: Trouble): number {
  const isTwoSided = trouble === "volume" || trouble === "lost";
  const sums: number[] = [];
  let came = 0;
  for (let at = Math.max(0, from + 1); at <= to; at++) {
    const minute = minutes[at] as Minute;
    minute.unusual.forEach((each, lane) => {
      sums[lane] = (sums[lane] ?? 0) + each;
    });
    came += minute.came;
  }
  return came === 0 ? 0 : sums.reduce((total, each) => total + (isTwoSided ? Math.abs(each) : each), 0) / came;
}

/** The end of the first of the clearest windows, and its mean share. */
function clearest(sum: readonly number[]): [end: number, share: number] {
  let end = 0;
  let most = 0;
  for (let at = clearMinutes; at < sum.length; at++) {
    const share = ((sum[at] as number) - (sum[at - clearMinutes] as number)) / clearMinutes;
    if (share > most * 1.1) [end, most] = [at, share];
  }
  return [end, most];
}

function minutesOf(
  place: PlaceFacts,
  lanes: readonly LaneFacts[],
  terms: PartingTerms,
  from: number,
  to: number,
): Minute[] {
  const minutes: Minute[] = [{ unusual: [], came: 0 }];
  for (let at = from + 1; at <= to; at++) {
    const parts = lanes.map((lane) => laneMinute(lane, terms, place, at));
    minutes.push({ unusual: parts.map(([unusual]) => unusual), came: parts.reduce((sum, [, came]) => sum + came, 0) });
  }
  return minutes;
}

function laneMinute(
  { samples, usualProduced }: LaneFacts,
  { trouble, stage }: PartingTerms,
  { atMs }: PlaceFacts,
  at: number,
): [unusual: number, came: number] {
  const produced = step(samples, samples.produced, at);
  switch (trouble) {
    case "lost":
    case "duplicated": {
      const isLater = stage === "delivered";
      const before = isLater ? step(samples, samples.published, at) : produced;
      const after = step(samples, isLater ? samples.delivered : samples.published, at);
      if (before === null || after === null) return [0, 0];
      return [trouble === "lost" ? before - after : after - before, Math.max(before, after)];
    }
    case "skewed":
      return [step(samples, samples.skewed, at) ?? 0, step(samples, samples.delivered, at) ?? 0];
    case "volume": {
      const hour = Math.floor((atMs[at - 1] as number) / hourMs) * hourMs;
      const expected = (usualProduced.get(hour) ?? 0) * (((atMs[at] as number) - (atMs[at - 1] as number)) / hourMs);
      return produced === null ? [0, 0] : [expected - produced, expected];
    }
    case "unreported": {
      const usual = produced === null ? 0 : usualStep(samples, at);
      return produced === null ? [0, 0] : [usual - produced, usual];
    }
    default:
      return [0, 0];
  }
}

/** What a lane produced a minute just before. */
function usualStep(samples: LaneSamples, at: number): number {
  let sum = 0;
  let known = 0;
  for (let back = Math.max(1, at - usualMinutes); back < at; back++) {
    const produced = step(samples, samples.produced, back);
    if (produced === null) continue;
    sum += produced;
    known += 1;
  }
  return known < usualMinutes / 2 ? 0 : sum / known;
}

/** The growth in a minute; null while it is unknown or the summed hours changed. */
function step({ fromHourMs }: LaneSamples, counts: readonly (number | null)[], at: number): number | null {
  const before = counts[at - 1] ?? null;
  const after = counts[at] ?? null;
  return before === null || after === null || fromHourMs[at] !== fromHourMs[at - 1] ? null : after - before;
}

/** How long events have been on their way: most arrive in half the time that the watermark usually waits for, a backlog before that comes first. */
function transitMs(lanes: readonly LaneFacts[], at: number, { atMs }: PlaceFacts): number {
  const lagMs = meanOf(
    lanes.map(({ samples }) => {
      const mark = samples.markMs[at] ?? null;
      return mark === null ? null : Math.max(0, (atMs[at] as number) - mark);
    }),
  );
  const usualMs = meanOf(lanes.map(({ usualDelay }) => usualDelay && usualDelay.p50Seconds * 1000));
  return Math.max(lagMs / 2, lagMs - usualMs / 2);
}

/** Of those that are known. */
function meanOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}

import { observeRule } from "../alert/observe.ts";
import type { Culprit } from "../alert/reading.ts";
import type { AlertRule } from "../alert/rule.ts";
import { type AlertFacts, type HourNow, type LaneNow, type TypeFacts, unknownLane } from "../alert.ts";
import { hourEnd } from "../hour.ts";
import type { PastHour, PastType } from "./history.ts";
import type { ReplayPlan } from "./replay-plan.ts";
import { longestWindowMs } from "./replay-plan.ts";

/** A rule's reading of one subject from one mark to the next (to excluded); between them its value is linear. */
export interface Segment {
  fromMs: number;
  toMs: number;
  /** null: unknown. */
  from: number | null;
  to: number | null;
  /** Indices of the type's hours that it concerns. */
  hours: readonly number[];
  /** Indices of the hours that it can see. */
  seen: readonly number[];
  /** How many lanes had closed the oldest hour: who may be the cause, where requested. */
  culprits: (readonly Culprit[])[] | null;
}

export interface Sweep {
  type: PastType;
  rule: AlertRule;
  plan: ReplayPlan;
  untilMs: number;
}

/** Datacenter (null: the type as a whole) → the rule's readings of it, in order of time. */
export function sweepType(sweep: Sweep): Map<string | null, Segment[]> {
  const { type, rule, plan, untilMs } = sweep;
  const windows = type.hours.map((hour) => plan.window(hour, rule.spec));
  const marks = marksOf(sweep, windows);
  const places = new Map(type.hours.map(({ hour }, place) => [hour.getTime(), place]));
  const byStart = [...windows.keys()]
    .filter((place) => windows[place] != null)
    .sort((a, b) => (windows[a]?.[0] as number) - (windows[b]?.[0] as number));
  const found = new Map<string | null, Segment[]>();
  let visible: number[] = [];
  let next = 0;
  for (const [at, fromMs] of marks.entries()) {
    const toMs = Math.min(marks[at + 1] ?? untilMs, untilMs);
    if (fromMs >= toMs) break;
    visible = visible.filter((place) => (windows[place]?.[1] as number) > fromMs);
    for (; next < byStart.length; next += 1) {
      const place = byStart[next] as number;
      if ((windows[place]?.[0] as number) > fromMs) break;
      if ((windows[place]?.[1] as number) > fromMs) visible.push(place);
    }
    if (visible.length === 0) continue;
    const seen = [...visible].sort((a, b) => a - b);
    for (const { reading } of observeAt(sweep, seen, fromMs)) {
      const segments = found.get(reading.datacenter) ?? [];
      found.set(reading.datacenter, segments);
      // Most readings concern all hours that they see: one list serves for both.
      const tellsAll = reading.hours.length === seen.length;
      const hours = tellsAll ? seen : reading.hours.map((hour) => places.get(hour.getTime()) as number);
      const to = plan.grows ? valueAt(sweep, seen, fromMs, toMs, reading.datacenter) : reading.value;
      segments.push({ fromMs, toMs, from: reading.value, to: to ?? reading.value, hours, seen, culprits: null });
    }
  }
  return found;
}

/** Who may be the cause of the subject's reading at the instant, likeliest first: it changes as lanes close the hour. */
export function culpritsAt(
  sweep: Sweep,
  segment: Segment,
  datacenter: string | null,
  atMs: number,
): readonly Culprit[] {
  const oldest = sweep.type.hours[segment.seen[0] as number];
  let closed = 0;
  for (const { closedAt } of oldest?.lanes ?? []) if (closedAt && closedAt.getTime() <= atMs) closed += 1;
  const known = segment.culprits?.[closed];
  if (known) return known;
  const found = observeAt(sweep, segment.seen, atMs, true).find(({ reading }) => reading.datacenter === datacenter);
  const culprits = found?.reading.culprits ?? [];
  segment.culprits ??= [];
  segment.culprits[closed] = culprits;
  return culprits;
}

function valueAt(sweep: Sweep, seen: readonly number[], fromMs: number, atMs: number, datacenter: string | null) {
  // Whatever is open up to the next mark is open at it too, as far as this line goes: lanes keep the state they had at
  // its start.
  const readings = observeAt(sweep, seen, atMs, false, fromMs);
  return readings.find(({ reading }) => reading.datacenter === datacenter)?.reading.value ?? null;
}

function observeAt(sweep: Sweep, seen: readonly number[], atMs: number, withLanes = false, lanesAtMs = atMs) {
  const { type, rule, plan } = sweep;
  // Losses are read lane by lane; for delays the lanes only name the likely cause.
  const lanes = withLanes || plan.readsLanes || rule.spec.scope.datacenter !== null;
  const hours = seen.map((place) => showHour(type.hours[place] as PastHour, lanesAtMs, lanes));
  const shown = type.counted ? countedLanes(type.counted, atMs) : lanes ? lanesOf(type, seen, hours) : [];
  return observeRule(rule, factsOf(type, hours, atMs, shown));
}

/**
 * The hour as a rule would have seen it then. Its counts are the final ones: rules read no others. Written out because lanes are built on
 * demand.
 */
function showHour(hour: PastHour, atMs: number, withLanes: boolean): HourNow {
  const { deadlineAt, produced, delivered, lost, duplicated, skewed, known, state } = hour;
  const isOpen = (closedAt: Date | null) => !closedAt || closedAt.getTime() > atMs;
  const open = isOpen(hour.closedAt);
  const chance = hour.chances.findLast((each) => each.atMs <= atMs);
  const lanes = withLanes ? hour.lanes : [];
  return {
    hour: hour.hour,
    state,
    deadlineAt,
    closedAt: open ? null : hour.closedAt,
    settledAt: open ? null : hour.settledAt,
    produced,
    delivered,
    lost,
    duplicated,
    skewed,
    known,
    forecast: chance ? { breachProbability: chance.probability, closesAt: deadlineAt } : null,
    lanes: open ? lanes.map((lane) => (isOpen(lane.closedAt) ? { ...lane, closedAt: null } : lane)) : lanes,
  };
}

function factsOf(past: PastType, hours: HourNow[], atMs: number, lanes: LaneNow[]): AlertFacts {
  const now = new Date(atMs);
  const type: TypeFacts = {
    ...past,
    watchedFrom: past.activeFrom,
    hours,
    lanes,
    withHistory: true,
    volumes: null,
  };
  return { now, lastIngestAt: now, datacenters: [], deployments: [], types: [type] };
}

function countedLanes(counted: NonNullable<PastType["counted"]>, atMs: number): LaneNow[] {
  return counted.map(({ datacenter, counts }) => ({
    ...unknownLane,
    datacenter,
    counted: counts.filter(({ hour }) => hourEnd(hour).getTime() <= atMs),
  }));
}

/**
 * History keeps no watermarks: the datacenter that closed the oldest open hour last is taken as the furthest behind.
 */
function lanesOf({ hours: past }: PastType, seen: readonly number[], hours: readonly HourNow[]): LaneNow[] {
  const oldest = hours.findIndex(({ closedAt }) => closedAt === null);
  const final = past[seen[oldest] ?? -1];
  if (!final) return [];
  const endMs = hourEnd(final.hour).getTime();
  return final.lanes.map(({ datacenter, closedAt }) => ({
    ...unknownLane,
    datacenter,
    watermark: closedAt && new Date(2 * endMs - closedAt.getTime()),
  }));
}

function marksOf(
  { type, rule, plan, untilMs }: Sweep,
  windows: readonly (readonly [number, number] | null)[],
): number[] {
  const { trigger } = plan;
  const reachMs = longestWindowMs(rule.spec);
  const worth = trigger
    ? type.hours.flatMap((hour) =>
        trigger(hour, type) ? [[hour.hour.getTime(), Math.max(...plan.marks(hour, rule.spec)) + reachMs] as const] : [],
      )
    : null;
  const marks = new Set<number>();
  for (const [place, hour] of type.hours.entries()) {
    const window = windows[place];
    if (!window) continue;
    const [fromMs, toMs] = window;
    if (worth && !worth.some(([first, last]) => fromMs <= last && toMs >= first)) continue;
    marks.add(fromMs);
    if (toMs < untilMs) marks.add(toMs);
    for (const mark of plan.marks(hour, rule.spec)) if (mark > fromMs && mark < toMs) marks.add(mark);
  }
  return [...marks].sort((a, b) => a - b);
}

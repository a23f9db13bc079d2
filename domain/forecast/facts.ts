import type { CatchUp } from "./catch-up.ts";
import { type Closings, hourMs, indexOfHour, type TypeClosings } from "./closings.ts";
import type { HourQuestion } from "./forecast-hour.ts";
import { type LaneSigns, type LiveLane, meanLag, readSigns } from "./lane-signs.ts";
import { lateAfterMs, RecentLateness } from "./lateness.ts";
import type { ForecastModel } from "./model.ts";
import { type ForecastSample, landmarksMs, surroundings } from "./training.ts";

/** An hour that is not closed everywhere, from its verdict's evidence. */
export interface UnclosedHour {
  eventType: string;
  hourStartMs: number;
  deadlineAtMs: number;
  lanes: readonly {
    dc: string;
    closedAtMs: number | null;
    /** null: not known. */
    produced: number | null;
    delivered: number;
  }[];
}

/** Everything that a forecast uses, as known at one instant, read from the database or replayed. */
export interface ForecastFacts {
  nowMs: number;
  /** At least the last `recentHours` of all claimed types. */
  closings: Closings;
  /** Event type → datacenter → ms, for active types. */
  watermarks: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Event type → datacenter, "" for those without a gauge of their own → the age in ms of the oldest waiting event, from recent gauges. */
  backlogs: ReadonlyMap<string, ReadonlyMap<string, number>>;
  unclosed: readonly UnclosedHour[];
  /** Event type → datacenter → what an incident expects of the lane, while it catches up. Absent: no lane does. */
  catchUps?: ReadonlyMap<string, ReadonlyMap<string, CatchUp>>;
}

/** An open hour with the current signs at each datacenter where it is open. */
export interface SeenHour {
  hour: UnclosedHour;
  type: TypeClosings;
  endMs: number;
  deadlineMs: number;
  lanes: { dc: string; signs: LaneSigns; catchUp?: CatchUp | undefined }[];
}

/** Hours expected at no datacenter, or of unknown types, are left out. */
export function seeNow(facts: ForecastFacts): SeenHour[] {
  const { nowMs } = facts;
  const types = new Map(facts.closings.types.map((type) => [type.eventType, type]));
  const lagAt = lagsOf(facts);
  return facts.unclosed.flatMap((hour) => {
    const type = types.get(hour.eventType);
    const open = hour.lanes.filter(({ closedAtMs }) => closedAtMs === null || closedAtMs > nowMs);
    if (!type || open.length === 0) return [];
    const endMs = hour.hourStartMs + hourMs;
    const deadlineMs = hour.deadlineAtMs - endMs;
    const lateMs = lateAfterMs(deadlineMs);
    const lanes = open.map(({ dc, produced, delivered }) => {
      const ages = facts.backlogs.get(type.eventType);
      const backlogAgeMs = ages?.get(dc) ?? ages?.get("") ?? null;
      const live: LiveLane = { ...markOf(facts, type, dc), backlogAgeMs, produced, delivered };
      const signs = readSigns(live, { endMs, lateMs, nowMs }, lagAt(dc, lateMs));
      return { dc, signs, catchUp: facts.catchUps?.get(type.eventType)?.get(dc) };
    });
    return [{ hour, type, endMs, deadlineMs, lanes }];
  });
}

/** The model's input for the observed hours. */
export function askNow(facts: ForecastFacts, seen: readonly SeenHour[], model: ForecastModel): HourQuestion[] {
  const { nowMs } = facts;
  const lateness = new RecentLateness(facts.closings, model.survivals);
  return seen.map(({ type, endMs, deadlineMs, lanes }) => {
    const lateMs = lateAfterMs(deadlineMs);
    const around = (dc: string) => surroundings(lateness, type, dc, lateMs, nowMs);
    return {
      eventType: type.eventType,
      tier: type.tier,
      endMs,
      deadlineMs,
      nowMs,
      lanes: lanes.map(({ dc, signs, catchUp }) => ({ signs, catchUp, around: around(dc) })),
    };
  });
}

// A sample taken later than this after its landmark describes another moment.
const sampleToleranceMs = 7 * 60_000;

/** What to store of the observed hours for later fits: each once per landmark that it has just passed. */
export function samplesOf(seen: readonly SeenHour[], nowMs: number): ForecastSample[] {
  return seen.flatMap(({ hour, endMs, lanes }) => {
    const waitedMs = nowMs - endMs;
    const landmarkMs = landmarksMs.findLast((each) => each <= waitedMs);
    if (landmarkMs === undefined || waitedMs - landmarkMs > sampleToleranceMs) return [];
    return [{ eventType: hour.eventType, hourStartMs: hour.hourStartMs, landmarkMs, atMs: nowMs, lanes }];
  });
}

function markOf(facts: ForecastFacts, type: TypeClosings, dc: string): Pick<LiveLane, "watermarkMs" | "crossedAtMs"> {
  const watermarkMs = facts.watermarks.get(type.eventType)?.get(dc) ?? null;
  if (watermarkMs === null) return { watermarkMs, crossedAtMs: null };
  const before = indexOfHour(facts.closings, Math.floor(watermarkMs / hourMs) * hourMs) - 1;
  const closedAtMs = type.lanes.get(dc)?.[before] ?? Number.NaN;
  return { watermarkMs, crossedAtMs: closedAtMs <= facts.nowMs ? closedAtMs : null };
}

function lagsOf({ watermarks, nowMs }: ForecastFacts): (dc: string, lateMs: number) => LaneSigns["lag"] {
  const byDatacenter = new Map<string, number[]>();
  for (const marks of watermarks.values()) {
    for (const [dc, watermarkMs] of marks) {
      const list = byDatacenter.get(dc);
      if (list) list.push(watermarkMs);
      else byDatacenter.set(dc, [watermarkMs]);
    }
  }
  const known = new Map<string, number | null>();
  return (dc, lateMs) => {
    const key = `${dc} ${lateMs}`;
    let lag = known.get(key);
    if (lag === undefined) {
      lag = meanLag(byDatacenter.get(dc) ?? [], lateMs, nowMs);
      known.set(key, lag);
    }
    return lag;
  };
}

import { hourOf } from "./messages.ts";
import { markAheadMs } from "./values.ts";

/** A watermark and when it was first seen: the time that Tidemark uses as the hour's closing. */
export interface Step {
  eventType: string;
  watermarkMs: number;
  observedAtMs: number;
}

export interface KeptMarks {
  steps: Step[];
  /** Hours that must not be closed: Tidemark refused counts of them. */
  refusedHours: { eventType: string; hour: string }[];
}

/** What to report for one step once hours with refused counts are left out. */
export interface Saying {
  step: Step;
  /** The watermark, or the start of the first hour that must stay open; null: no change. */
  watermarkMs: number | null;
  /** Hours beyond the one that stays open, each to be closed by a marker. */
  hours: string[];
  /** A count is not accepted yet: the step is tried again later. */
  isWaiting: boolean;
  /** The hour that the watermark stops at, reported only the first time. */
  keptOpen: string | null;
}

interface Lane {
  latestMs: number;
  observedMs: number;
  takenMs: number;
  /** Hours before it no longer need a marker of their own. */
  markedMs: number;
  steps: Step[];
  refusedMs: Set<number>;
  reportedMs: number;
}

const hourMs = 3_600_000;
/** Beyond it, hours after one that stays open must be closed by other means. */
const longestGapMs = 48 * hourMs;
const maxSteps = 1_000;
const floor = (ms: number) => Math.floor(ms / hourMs) * hourMs;

/**
 * Watermarks, and the hours that they must not close. While Tidemark is down, the first sight of each hour's end is kept
 * with its time: sent an hour later under that later time, every hour of an outage would look late.
 */
export class Marks {
  readonly #lanes = new Map<string, Lane>();

  constructor({ steps, refusedHours }: KeptMarks) {
    for (const { eventType, hour } of refusedHours) this.keepOpen(eventType, hour);
    for (const step of steps) {
      const lane = this.#lane(step.eventType);
      lane.steps.push(step);
      lane.latestMs = lane.observedMs = Math.max(lane.latestMs, step.watermarkMs);
    }
  }

  /** Never goes back. */
  advance(eventType: string, watermark: Date): void {
    const lane = this.#lane(eventType);
    lane.latestMs = Math.max(lane.latestMs, watermark.getTime());
  }

  /** The hour stays open from now on, unless a watermark has closed it. */
  keepOpen(eventType: string, hour: string): void {
    const lane = this.#lane(eventType);
    const ms = Date.parse(`${hour}:00:00Z`);
    if (ms + hourMs > lane.takenMs) lane.refusedMs.add(ms);
  }

  isKeptOpen(eventType: string, hour: string): boolean {
    return this.#lanes.get(eventType)?.refusedMs.has(Date.parse(`${hour}:00:00Z`)) ?? false;
  }

  /** Records what moved, as seen now. If the clock was set back, a mark waits until its time has come. */
  observe(nowMs: number): void {
    for (const [eventType, lane] of this.#lanes) {
      for (const step of lane.steps) step.observedAtMs = Math.min(step.observedAtMs, nowMs);
      if (lane.latestMs <= lane.observedMs || lane.latestMs > nowMs + markAheadMs) continue;
      const step = { eventType, watermarkMs: lane.latestMs, observedAtMs: nowMs };
      const [before, last] = lane.steps.slice(-2);
      // Per hour the first and the latest sight: the one dates the closing of the hour before, the other the progress.
      const isBetween = last && before && floor(before.watermarkMs) === floor(step.watermarkMs);
      if (isBetween) lane.steps.pop();
      lane.steps.push(step);
      if (lane.steps.length > maxSteps) lane.steps.shift();
      lane.observedMs = lane.latestMs;
    }
  }

  /** What to report, oldest first. Take it before the counts are sent: later marks may depend on later counts. */
  due(): Step[] {
    return [...this.#lanes.values()].flatMap(({ steps }) => steps);
  }

  /** `untaken`: per type the first hour with a count not accepted yet; nothing from there on is closed. */
  sayingOf(step: Step, untaken: ReadonlyMap<string, string>): Saying {
    const lane = this.#lane(step.eventType);
    const untakenHour = untaken.get(step.eventType);
    const untakenMs = untakenHour === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${untakenHour}:00:00Z`);
    const openMs = firstOpen(lane);
    const watermarkMs = Math.min(step.watermarkMs, openMs, untakenMs);
    const hours: string[] = [];
    const endMs = Math.min(step.watermarkMs, untakenMs);
    for (
      let ms = Math.max(openMs + hourMs, lane.markedMs, floor(endMs) - longestGapMs);
      ms + hourMs <= endMs;
      ms += hourMs
    )
      if (!lane.refusedMs.has(ms)) hours.push(hourOf(new Date(ms)));
    return {
      step,
      watermarkMs: watermarkMs > lane.takenMs ? watermarkMs : null,
      hours,
      isWaiting: untakenMs < step.watermarkMs,
      keptOpen:
        openMs < Math.min(step.watermarkMs, untakenMs) && openMs !== lane.reportedMs ? hourOf(new Date(openMs)) : null,
    };
  }

  /** It was accepted, or is refused and not to be resent. */
  said({ step, watermarkMs, hours, isWaiting, keptOpen }: Saying): void {
    const lane = this.#lane(step.eventType);
    if (keptOpen !== null) lane.reportedMs = Date.parse(`${keptOpen}:00:00Z`);
    if (watermarkMs !== null) lane.takenMs = Math.max(lane.takenMs, watermarkMs);
    const lastHour = hours.at(-1);
    if (lastHour !== undefined) lane.markedMs = Math.max(lane.markedMs, Date.parse(`${lastHour}:00:00Z`) + hourMs);
    if (!isWaiting) lane.steps = lane.steps.filter((each) => each !== step);
  }

  keep(): KeptMarks {
    const refusedHours = [...this.#lanes].flatMap(([eventType, { refusedMs }]) =>
      [...refusedMs].map((ms) => ({ eventType, hour: hourOf(new Date(ms)) })),
    );
    return { steps: this.due(), refusedHours };
  }

  get isPending(): boolean {
    return [...this.#lanes.values()].some(({ steps }) => steps.length > 0);
  }

  #lane(eventType: string): Lane {
    const known = this.#lanes.get(eventType);
    if (known) return known;
    const before = Number.NEGATIVE_INFINITY;
    const never = { latestMs: before, observedMs: before, takenMs: before, markedMs: before, reportedMs: before };
    const lane: Lane = { ...never, steps: [], refusedMs: new Set() };
    this.#lanes.set(eventType, lane);
    return lane;
  }
}

/** The start of the first hour that must stay open and that no watermark has closed. */
function firstOpen({ refusedMs, takenMs }: Lane): number {
  return Math.min(...[...refusedMs].filter((ms) => ms + hourMs > takenMs));
}

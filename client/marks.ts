import { hourOf } from "./messages.ts";
import { markAheadMs } from "./values.ts";

/** A watermark and when it was first seen: the time by which Tidemark says when an hour closed. */
export interface Step {
  eventType: string;
  watermarkMs: number;
  observedAtMs: number;
}

export interface KeptMarks {
  steps: Step[];
  /** Hours that are not to be closed: Tidemark refused counts of them. */
  refusedHours: { eventType: string; hour: string }[];
}

/** What one step says once hours with refused counts are left out. */
export interface Saying {
  step: Step;
  /** The watermark, or the start of the first hour that must stay open; null: nothing new. */
  watermarkMs: number | null;
  /** Hours beyond the one that stays open, each to be closed by itself. */
  hours: string[];
  /** Something counted is not taken yet: the step is looked at again. */
  isWaiting: boolean;
  /** The hour that the watermark stops at, the first time that it does. */
  keptOpen: string | null;
}

interface Lane {
  latestMs: number;
  observedMs: number;
  takenMs: number;
  /** Hours before it need no marker of their own any more. */
  markedMs: number;
  steps: Step[];
  refusedMs: Set<number>;
  reportedMs: number;
}

const hourMs = 3_600_000;
/** Beyond it an hour behind one that stays open is another's to close. */
const longestGapMs = 48 * hourMs;
const maxSteps = 1_000;
const floor = (ms: number) => Math.floor(ms / hourMs) * hourMs;

/**
 * Watermarks, and the hours that they must not close. While Tidemark is away, the first sight of each hour's end is kept
 * with its time: sent an hour later under that hour's time, every hour of an outage would look late.
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

  /** Nothing closes the hour from now on, unless a watermark has done so. */
  keepOpen(eventType: string, hour: string): void {
    const lane = this.#lane(eventType);
    const ms = Date.parse(`${hour}:00:00Z`);
    if (ms + hourMs > lane.takenMs) lane.refusedMs.add(ms);
  }

  isKeptOpen(eventType: string, hour: string): boolean {
    return this.#lanes.get(eventType)?.refusedMs.has(Date.parse(`${hour}:00:00Z`)) ?? false;
  }

  /** Notes what moved, as seen now. A clock that was set back makes a mark wait until its time has come. */
  observe(nowMs: number): void {
    for (const [eventType, lane] of this.#lanes) {
      for (const step of lane.steps) step.observedAtMs = Math.min(step.observedAtMs, nowMs);
      if (lane.latestMs <= lane.observedMs || lane.latestMs > nowMs + markAheadMs) continue;
      const step = { eventType, watermarkMs: lane.latestMs, observedAtMs: nowMs };
      const [before, last] = lane.steps.slice(-2);
      // Of one hour the first sight and the latest: the one says when the hour before closed, the other how far it is.
      const isBetween = last && before && floor(before.watermarkMs) === floor(step.watermarkMs);
      if (isBetween) lane.steps.pop();
      lane.steps.push(step);
      if (lane.steps.length > maxSteps) lane.steps.shift();
      lane.observedMs = lane.latestMs;
    }
  }

  /** What is to be said, oldest first. Take it before the counts are sent: what is marked later may rest on later counts. */
  due(): Step[] {
    return [...this.#lanes.values()].flatMap(({ steps }) => steps);
  }

  /** `untaken`: for each type the first hour of which a count is not taken yet; nothing from there on is closed. */
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

  /** It was taken, or is refused and not to be said again. */
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

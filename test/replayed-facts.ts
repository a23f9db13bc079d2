import {
  type ClosedLane,
  type Closings,
  type ForecastFacts,
  layOutClosings,
  recentHours,
  type TypeTerms,
} from "#domain/forecast.ts";
import { addHours, formatHour, hourEnd, hourOf } from "#domain/hour.ts";
import { addMessage, type Batch, closedAtOf, emptyBatch } from "#domain/merge.ts";
import type { Message } from "#domain/protocol.ts";

export interface ReplayedFleet {
  types: readonly TypeTerms[];
  /** Expected of every type, for all time. */
  datacenters: readonly string[];
  fromMs: number;
}

interface Counts {
  produced: number | null;
  delivered: number;
}

/** The facts of forecasts as messages tell them, in order of their times: at an instant it knows what was said by then and nothing else. */
export class ReplayedFacts {
  readonly #fleet: ReplayedFleet;
  readonly #messages: readonly Message[];
  readonly #batch: Batch = emptyBatch();
  readonly #counts = new Map<string, Map<string, number>>();
  #next = 0;

  constructor(fleet: ReplayedFleet, messages: readonly Message[]) {
    this.#fleet = fleet;
    this.#messages = messages;
  }

  /** Takes in everything said up to and including the instant. */
  advanceTo(nowMs: number): void {
    for (let message = this.#messages[this.#next]; message && message.time.getTime() <= nowMs; ) {
      addMessage(this.#batch, message);
      if (message.kind === "counters") this.#count(message);
      message = this.#messages[++this.#next];
    }
  }

  /** All closings from the fleet's start up to and including the hour that is open now. */
  closings(nowMs: number): Closings {
    return this.#closingsFrom(this.#fleet.fromMs, nowMs);
  }

  facts(nowMs: number): ForecastFacts {
    this.advanceTo(nowMs);
    const { types, datacenters, fromMs } = this.#fleet;
    const all = this.closings(nowMs);
    const unclosed = all.types.flatMap(({ eventType, deadlineMs, lanes }) =>
      Array.from({ length: all.hours }, (_, index) => fromMs + index * 3_600_000)
        .filter((_, index) => [...lanes.values()].some((lane) => lane[index] === Number.POSITIVE_INFINITY))
        .map((hourStartMs) => ({
          eventType,
          hourStartMs,
          deadlineAtMs: hourEnd(new Date(hourStartMs)).getTime() + deadlineMs,
          lanes: datacenters.map((dc) => ({
            dc,
            closedAtMs: finite(lanes.get(dc)?.[(hourStartMs - fromMs) / 3_600_000]),
            ...this.#countsOf(eventType, dc, new Date(hourStartMs)),
          })),
        })),
    );
    const watermarks = new Map(types.map(({ eventType }) => [eventType, new Map<string, number>()]));
    for (const { eventType, dc, watermark } of this.#batch.watermarks.values()) {
      watermarks.get(eventType)?.set(dc, watermark.getTime());
    }
    const recentFrom = addHours(hourOf(new Date(nowMs)), -recentHours).getTime();
    return { nowMs, closings: this.#closingsFrom(recentFrom, nowMs), watermarks, unclosed };
  }

  #closingsFrom(fromMs: number, nowMs: number): Closings {
    const { types, datacenters } = this.#fleet;
    const hours = (hourOf(new Date(nowMs)).getTime() - fromMs) / 3_600_000 + 1;
    const lanes: ClosedLane[] = [];
    const steps = new Map<string, { closedThrough: Date; closedAt: Date }[]>();
    for (const staircase of this.#batch.closings.values()) {
      const [first] = staircase;
      if (first) steps.set(`${first.eventType} ${first.dc}`, [...staircase]);
    }
    for (const { eventType } of types) {
      for (const dc of datacenters) {
        const staircase = steps.get(`${eventType} ${dc}`) ?? [];
        for (let index = 0; index < hours; index++) {
          const hourStartMs = fromMs + index * 3_600_000;
          if (hourStartMs < this.#fleet.fromMs) continue;
          const closedAt = closedAtOf(hourEnd(new Date(hourStartMs)), staircase, null);
          lanes.push({ eventType, dc, hourStartMs, closedAtMs: closedAt?.getTime() ?? null });
        }
      }
    }
    return layOutClosings({ fromMs, hours }, types, lanes);
  }

  #count({ dc, stage, reporter, reports }: Extract<Message, { kind: "counters" }>): void {
    for (const { eventType, hour, landedHour, events } of reports) {
      const key = `${eventType} ${dc} ${formatHour(hour)} ${stage}`;
      const counts = this.#counts.get(key) ?? new Map<string, number>();
      this.#counts.set(key, counts);
      const reported = `${reporter} ${formatHour(landedHour)}`;
      counts.set(reported, Math.max(counts.get(reported) ?? 0, events));
      // Who counts one type's produced events knows of none where it says none.
      if (stage === "produced") this.#counts.set(`${dc} ${formatHour(hour)}`, new Map());
    }
  }

  #countsOf(eventType: string, dc: string, hour: Date): Counts {
    const sum = (stage: string) => {
      const counts = this.#counts.get(`${eventType} ${dc} ${formatHour(hour)} ${stage}`);
      return counts ? [...counts.values()].reduce((total, each) => total + each, 0) : null;
    };
    const produced = sum("produced") ?? (this.#counts.has(`${dc} ${formatHour(hour)}`) ? 0 : null);
    return { produced, delivered: sum("delivered") ?? 0 };
  }
}

function finite(closedAtMs: number | undefined): number | null {
  return closedAtMs !== undefined && Number.isFinite(closedAtMs) ? closedAtMs : null;
}

import { type Closings, type ForecastFacts, recentHours, type TypeTerms, type UnclosedHour } from "#domain/forecast.ts";
import { hourOf } from "#domain/hour.ts";
import type { Message } from "#domain/protocol.ts";

export interface ReplayedFleet {
  /** Each expected at its datacenters, for all time. */
  types: readonly (TypeTerms & { datacenters: readonly string[] })[];
  fromMs: number;
  toMs: number;
}

const hourMs = 3_600_000;

/**
 * The facts of forecasts, without backlogs, from messages in order of their times: at an instant it has only what was reported by then.
 * An independent implementation of what the product reads from its tables.
 */
export class ReplayedFacts {
  readonly #fleet: ReplayedFleet;
  readonly #messages: readonly Message[];
  readonly #closedAt: Map<string, Map<string, Float64Array>>;
  readonly #watermarks: Map<string, Map<string, number>>;
  readonly #counts = new Map<string, Map<string, number>>();
  /** Everything before it is closed: hours close for good. */
  readonly #firstOpen = new Map<string, number>();
  #next = 0;

  constructor(fleet: ReplayedFleet, messages: readonly Message[]) {
    this.#fleet = fleet;
    this.#messages = messages;
    const hours = (fleet.toMs - fleet.fromMs) / hourMs;
    const open = () => new Float64Array(hours).fill(Number.POSITIVE_INFINITY);
    this.#closedAt = new Map(
      fleet.types.map(({ eventType, datacenters }) => [eventType, new Map(datacenters.map((dc) => [dc, open()]))]),
    );
    this.#watermarks = new Map(fleet.types.map(({ eventType }) => [eventType, new Map()]));
  }

  /** Everything reported up to and including the instant. */
  facts(nowMs: number): ForecastFacts {
    this.#advanceTo(nowMs);
    const newest = hourOf(new Date(nowMs)).getTime();
    const closings = this.closings(newest - recentHours * hourMs, newest + hourMs);
    const watermarks = new Map([...this.#watermarks].map(([eventType, marks]) => [eventType, new Map(marks)]));
    return { nowMs, closings, watermarks, backlogs: new Map(), unclosed: this.#unclosed(newest) };
  }

  /** Of the hours that start in the range, those closed by the reports so far. */
  closings(fromMs: number, toMs: number): Closings {
    const hours = (toMs - fromMs) / hourMs;
    const skipped = (fromMs - this.#fleet.fromMs) / hourMs;
    const types = this.#fleet.types.map((type) => {
      const lanes = new Map<string, Float64Array>();
      for (const [dc, closedAt] of this.#closedAt.get(type.eventType) ?? []) {
        lanes.set(
          dc,
          Float64Array.from({ length: hours }, (_, at) => closedAt[at + skipped] ?? Number.NaN),
        );
      }
      const { eventType, tier, deadlineMs } = type;
      return { eventType, tier, deadlineMs, lanes };
    });
    return { fromMs, hours, types };
  }

  #unclosed(newestMs: number): UnclosedHour[] {
    const { types, fromMs } = this.#fleet;
    return types.flatMap(({ eventType, deadlineMs }) => {
      const closedAt = [...(this.#closedAt.get(eventType) ?? [])];
      const hours: UnclosedHour[] = [];
      let index = this.#firstOpen.get(eventType) ?? 0;
      for (; fromMs + index * hourMs <= newestMs; index++) {
        if (closedAt.every(([, lane]) => lane[index] !== Number.POSITIVE_INFINITY)) continue;
        if (hours.length === 0) this.#firstOpen.set(eventType, index);
        const hourStartMs = fromMs + index * hourMs;
        const lanes = closedAt.map(([dc, lane]) => {
          const closedAtMs = lane[index] ?? Number.NaN;
          const counts = this.#countsOf(eventType, dc, hourStartMs);
          return { dc, closedAtMs: Number.isFinite(closedAtMs) ? closedAtMs : null, ...counts };
        });
        hours.push({ eventType, hourStartMs, deadlineAtMs: hourStartMs + hourMs + deadlineMs, lanes });
      }
      return hours;
    });
  }

  #advanceTo(nowMs: number): void {
    for (;;) {
      const message = this.#messages[this.#next];
      if (!message || message.time.getTime() > nowMs) return;
      if (message.kind === "counters") this.#count(message);
      if (message.kind === "watermark") this.#mark(message);
      this.#next++;
    }
  }

  #mark({ dc, marks, time }: Extract<Message, { kind: "watermark" }>): void {
    for (const { eventType, watermark } of marks) {
      const atMs = watermark.getTime();
      const known = this.#watermarks.get(eventType);
      known?.set(dc, Math.max(known.get(dc) ?? 0, atMs));
      const closedAt = this.#closedAt.get(eventType)?.get(dc);
      const through = Math.floor((atMs - this.#fleet.fromMs) / hourMs) - 1;
      for (let index = through; closedAt?.[index] === Number.POSITIVE_INFINITY; index--)
        closedAt[index] = time.getTime();
    }
  }

  #count({ dc, stage, reporter, reports }: Extract<Message, { kind: "counters" }>): void {
    for (const { eventType, hour, landedHour, events } of reports) {
      const key = `${eventType} ${dc} ${hour.getTime()} ${stage}`;
      const counts = this.#counts.get(key) ?? new Map<string, number>();
      this.#counts.set(key, counts);
      const reported = `${reporter} ${landedHour.getTime()}`;
      counts.set(reported, Math.max(counts.get(reported) ?? 0, events));
      // A reporter of one type's produced events that reports none produced none.
      if (stage === "produced") this.#counts.set(`${dc} ${hour.getTime()}`, new Map());
    }
  }

  #countsOf(eventType: string, dc: string, hourStartMs: number): { produced: number | null; delivered: number } {
    const sum = (stage: string) => {
      const counts = this.#counts.get(`${eventType} ${dc} ${hourStartMs} ${stage}`);
      return counts ? [...counts.values()].reduce((total, each) => total + each, 0) : null;
    };
    const produced = sum("produced") ?? (this.#counts.has(`${dc} ${hourStartMs}`) ? 0 : null);
    return { produced, delivered: sum("delivered") ?? 0 };
  }
}

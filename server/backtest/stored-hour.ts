import type { PastHour } from "#domain/backtest.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { JudgedJson } from "#server/alerts/index.ts";
import type { StoredLanes } from "./stored-lanes.ts";

export interface StoredJson extends JudgedJson {
  /** By datacenter. */
  skews: Record<string, number> | null;
}

/** A verdict's row. Its lanes are read only when a caller asks which are responsible: mostly none does. */
export class StoredHour implements PastHour {
  readonly hour: Date;
  readonly state: VerdictState;
  readonly deadlineAt: Date;
  readonly closedAt: Date | null;
  readonly settledAt: Date | null;
  readonly produced: number;
  readonly delivered: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly skewed: number;
  readonly known: boolean;
  chances: PastHour["chances"] = [];
  readonly #stored: StoredLanes;
  readonly #skews: Record<string, number> | null;
  #lanes: PastHour["lanes"] | null = null;

  constructor(json: StoredJson, settleSeconds: number, lanes: StoredLanes) {
    const { hourMs, deadlineMs, closedMs } = json;
    this.hour = new Date(hourMs);
    this.state = json.state;
    this.deadlineAt = new Date(Math.round(deadlineMs));
    this.closedAt = closedMs === null ? null : new Date(Math.round(closedMs));
    this.settledAt = closedMs === null ? null : new Date(Math.round(closedMs + settleSeconds * 1000));
    this.produced = json.produced;
    this.delivered = json.delivered;
    this.lost = json.lost;
    this.duplicated = json.duplicated;
    this.skewed = json.skewed;
    this.known = json.known;
    this.#stored = lanes;
    this.#skews = json.skews;
  }

  get lanes(): PastHour["lanes"] {
    this.#lanes ??= this.#stored.of(this.hour.getTime(), this.#skews);
    return this.#lanes;
  }
}

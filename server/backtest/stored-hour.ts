import type { PastHour } from "#domain/backtest.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { JudgedTuple } from "#server/alerts/index.ts";
import type { StoredLanes } from "./stored-lanes.ts";

/** The judge's figures, skewed by datacenter. */
export type StoredTuple = [...JudgedTuple, Record<string, number> | null];

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

  constructor(tuple: StoredTuple, settleSeconds: number, lanes: StoredLanes) {
    const [hourMs, state, deadlineMs, closedMs, produced, delivered, lost, duplicated, skewed, known, skews] = tuple;
    this.hour = new Date(hourMs);
    this.state = state;
    this.deadlineAt = new Date(Math.round(deadlineMs));
    this.closedAt = closedMs === null ? null : new Date(Math.round(closedMs));
    this.settledAt = closedMs === null ? null : new Date(Math.round(closedMs + settleSeconds * 1000));
    this.produced = produced;
    this.delivered = delivered;
    this.lost = lost;
    this.duplicated = duplicated;
    this.skewed = skewed;
    this.known = known;
    this.#stored = lanes;
    this.#skews = skews;
  }

  get lanes(): PastHour["lanes"] {
    this.#lanes ??= this.#stored.of(this.hour.getTime(), this.#skews);
    return this.#lanes;
  }
}

import { type Closings, endMsOf, hourMs, type TypeClosings } from "./closings.ts";
import { cumulativeHazard, type Survival } from "./delay-grid.ts";
import { type Survivals, survivalOf } from "./survival.ts";

// Data more than half a day old says little about now: an hour's weight halves every two hours.
export const recentHours = 12;
const halfLifeMs = 2 * hourMs;
const surpriseHours = 3;
const surpriseHalfLifeMs = hourMs;
const mostSurprise = 6;
// This many lanes are as good as all of a datacenter's.
const surpriseLanes = 60;

/** What "late" means for an hour of this deadline: half of it, and at most one hour. */
export function lateAfterMs(deadlineMs: number): number {
  return Math.min(deadlineMs / 2, hourMs);
}

interface Shares {
  late: Float64Array;
  all: Float64Array;
}

/**
 * The course of the last hours, seen from any past instant: nothing later is visible. An hour counts as late only once it
 * has been open that long, and as closed only after it closed.
 */
export class RecentLateness {
  readonly #closings: Closings;
  readonly #survivals: Survivals;
  readonly #shares = new Map<string, Shares>();
  readonly #surprises = new Map<string, number>();
  readonly #lanesOf = new Map<string, { lane: Float64Array; survival: Survival }[]>();

  constructor(closings: Closings, survivals: Survivals) {
    this.#closings = closings;
    this.#survivals = survivals;
    for (const type of closings.types) {
      const survival = survivalOf(survivals, type);
      for (const [dc, lane] of type.lanes) {
        const lanes = this.#lanesOf.get(dc) ?? [];
        this.#lanesOf.set(dc, lanes);
        if (lanes.length < surpriseLanes) lanes.push({ lane, survival });
      }
    }
  }

  /**
   * The share of the datacenter's last hours, over all types, that stayed open longer than `lateMs` after their end.
   */
  shareAt(dc: string, lateMs: number, nowMs: number): number {
    return this.#share(`dc ${dc}`, () => this.#closings.types.map((type) => type.lanes.get(dc)), lateMs, nowMs);
  }

  /** The same for one type's last hours at all of its datacenters. */
  shareOf(type: TypeClosings, lateMs: number, nowMs: number): number {
    return this.#share(`type ${type.eventType}`, () => [...type.lanes.values()], lateMs, nowMs);
  }

  /**
   * How much longer than usual the datacenter's most recent hours stay open, each type against its own history: 0 as usual, above 0
   * later. (Martingale residuals: cumulative hazard so far, minus 1 once closed.)
   */
  surpriseAt(dc: string, nowMs: number): number {
    const key = `${dc} ${nowMs}`;
    let surprise = this.#surprises.get(key);
    if (surprise === undefined) {
      surprise = this.#surprise(dc, nowMs);
      this.#surprises.set(key, surprise);
    }
    return surprise;
  }

  #surprise(dc: string, nowMs: number): number {
    let sum = 0;
    let weights = 1;
    const newest = this.#newestEnded(nowMs);
    for (let index = newest; index >= 0 && index > newest - surpriseHours; index--) {
      const endMs = endMsOf(this.#closings, index);
      const weight = 0.5 ** ((nowMs - endMs) / surpriseHalfLifeMs);
      for (const { lane, survival } of this.#lanesOf.get(dc) ?? []) {
        const closedAtMs = lane[index] as number;
        if (Number.isNaN(closedAtMs)) continue;
        const closed = closedAtMs <= nowMs;
        const soFarMs = Math.max(0, (closed ? closedAtMs : nowMs) - endMs);
        sum += weight * (Math.min(cumulativeHazard(survival, soFarMs), mostSurprise) - (closed ? 1 : 0));
        weights += weight;
      }
    }
    return sum / weights;
  }

  #share(key: string, lanes: () => (Float64Array | undefined)[], lateMs: number, nowMs: number): number {
    const shares = this.#sharesOf(`${key} ${lateMs}`, lanes, lateMs);
    // A prior worth one usual lane: the answer when there is no data.
    let late = Math.exp(-cumulativeHazard(this.#survivals.pooled, lateMs));
    let all = 1;
    const newest = this.#newestEnded(nowMs - lateMs);
    const oldest = Math.max(0, this.#newestEnded(nowMs) - recentHours + 1);
    for (let index = newest; index >= oldest; index--) {
      const weight = 0.5 ** ((nowMs - endMsOf(this.#closings, index)) / halfLifeMs);
      late += weight * (shares.late[index] as number);
      all += weight * (shares.all[index] as number);
    }
    return late / all;
  }

  #sharesOf(key: string, lanes: () => (Float64Array | undefined)[], lateMs: number): Shares {
    const known = this.#shares.get(key);
    if (known) return known;
    const { hours } = this.#closings;
    const shares = { late: new Float64Array(hours), all: new Float64Array(hours) };
    for (const lane of lanes()) {
      for (let index = 0; lane && index < hours; index++) {
        const delayMs = (lane[index] as number) - endMsOf(this.#closings, index);
        if (Number.isNaN(delayMs)) continue;
        shares.all[index] = (shares.all[index] as number) + 1;
        if (delayMs > lateMs) shares.late[index] = (shares.late[index] as number) + 1;
      }
    }
    this.#shares.set(key, shares);
    return shares;
  }

  #newestEnded(atMs: number): number {
    return Math.min(Math.floor((atMs - this.#closings.fromMs) / hourMs), this.#closings.hours) - 1;
  }
}

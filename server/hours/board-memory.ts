import { addHours, type Hour } from "#domain/hour.ts";
import type { Database, Sql } from "#server/db/database.ts";
import type { SettledType } from "./board-row.ts";
import type { StoredForecast } from "./forecast-json.ts";
import {
  type BoardForecasts,
  type BoardHour,
  type BoardType,
  type BoardWatermarks,
  loadBoardCells,
  loadBoardForecasts,
  loadBoardHorizon,
  loadBoardHours,
  loadBoardTypes,
  loadBoardWatermarks,
} from "./load-board.ts";
import type { HourKey } from "./load-facts.ts";
import { type StoredStrip, storedStrips } from "./type-strip.ts";

export const stripHours = 24;

const ofDatabase = new WeakMap<Database, BoardMemory>();

/**
 * What the board is made of, kept by each process and brought up to what is committed at every look: only what was written since the last
 * look is read again (see load-board), so it never depends on a notification, and any number of web processes agree.
 * What a look hands out is not changed by the next one.
 */
export class BoardMemory {
  readonly types = new Map<number, BoardType>();
  readonly strips = new Map<number, StoredStrip>();
  /** Type id → its oldest open hour, or its last hour when it is long over. */
  readonly tellingHours = new Map<number, BoardHour>();
  /** Datacenter id → type id → its watermark in milliseconds. */
  readonly watermarks = new Map<number, Map<number, number>>();
  /** Type id → the start of an hour in milliseconds → its forecast. */
  readonly forecasts = new Map<number, Map<number, StoredForecast>>();
  /** What was worked out of a type and holds until something of it is read again. */
  readonly settled = new Map<number, SettledType>();
  #horizon: string | null = null;
  #hourMs = Number.NaN;

  static of(database: Database): BoardMemory {
    const known = ofDatabase.get(database);
    if (known) return known;
    const memory = new BoardMemory();
    ofDatabase.set(database, memory);
    return memory;
  }

  /** One at a time. A look that fails leaves the horizon where it was: the next one reads at least as much. */
  async refresh(sql: Sql, current: Hour): Promise<void> {
    const { horizon, types: count } = await loadBoardHorizon(sql);
    // Which hours have ended decides what is open: another hour asks for everything about types.
    const isSameHour = this.#hourMs === current.getTime();
    const [types] = await Promise.all([
      this.#readTypes(sql, current, isSameHour ? this.#horizon : null),
      this.#readWatermarks(sql),
      this.#readForecasts(sql),
    ]);
    if (types !== null && this.types.size !== count) await this.#readTypes(sql, current, null);
    this.#horizon = horizon;
    this.#hourMs = current.getTime();
  }

  /** Returns how many were read; null: all. */
  async #readTypes(sql: Sql, current: Hour, horizon: string | null): Promise<number | null> {
    const since = addHours(current, 1 - stripHours);
    const loaded = new Map((await loadBoardTypes(sql, current, horizon)).map((type) => [type.id, type]));
    const ids = horizon === null ? null : [...loaded.keys()];
    const [cells, telling] = await Promise.all([
      loadBoardCells(sql, { hour: current, since, types: ids }),
      loadTellingHours(sql, [...loaded.values()], since),
    ]);
    if (horizon === null) for (const known of [this.types, this.strips, this.tellingHours, this.settled]) known.clear();
    const hours = Array.from({ length: stripHours }, (_, index) => addHours(since, index).getTime());
    for (const [id, strip] of storedStrips(loaded, hours, cells)) this.strips.set(id, strip);
    for (const [id, type] of loaded) {
      this.types.set(id, type);
      this.settled.delete(id);
      const hour = telling.get(id);
      if (hour) this.tellingHours.set(id, hour);
      else this.tellingHours.delete(id);
    }
    return ids === null ? null : loaded.size;
  }

  async #readWatermarks(sql: Sql): Promise<void> {
    const read = await loadBoardWatermarks(sql, this.#horizon);
    this.#keepWatermarks(read);
    const isWhole = read.every(({ datacenterId, total }) => this.watermarks.get(datacenterId)?.size === total);
    if (isWhole && read.length === this.watermarks.size) return;
    // Some were taken away.
    const all = await loadBoardWatermarks(sql, null);
    this.watermarks.clear();
    this.#keepWatermarks(all);
  }

  #keepWatermarks(read: readonly BoardWatermarks[]): void {
    for (const { datacenterId, types, marks } of read) {
      const known = this.watermarks.get(datacenterId) ?? new Map<number, number>();
      this.watermarks.set(datacenterId, known);
      const seconds = marks?.split(",") ?? [];
      for (const [index, type] of types?.split(",").entries() ?? []) {
        known.set(Number(type), Math.round(Number(seconds[index]) * 1000));
      }
    }
  }

  async #readForecasts(sql: Sql): Promise<void> {
    const read = await loadBoardForecasts(sql, this.#horizon);
    this.#keepForecasts(read);
    let known = 0;
    for (const hours of this.forecasts.values()) known += hours.size;
    if (known === read.total) return;
    const all = await loadBoardForecasts(sql, null);
    this.forecasts.clear();
    this.#keepForecasts(all);
  }

  #keepForecasts({ forecasts }: BoardForecasts): void {
    for (const [type, hourMs, breachProbability, p50Ms, p90Ms, madeAtMs] of forecasts) {
      const hours = this.forecasts.get(type) ?? new Map<number, StoredForecast>();
      this.forecasts.set(type, hours);
      hours.set(hourMs, { breachProbability, p50Ms, p90Ms, madeAtMs });
    }
  }
}

/** Old hours apart, so that the statement for the usual ones keeps to one or two months' partitions. */
async function loadTellingHours(sql: Sql, types: readonly BoardType[], since: Date): Promise<Map<number, BoardHour>> {
  const keys = types.flatMap((type) => tellingHour(type, since));
  const [recent, old] = await Promise.all([
    loadBoardHours(
      sql,
      keys.filter(({ hour }) => hour >= since),
    ),
    loadBoardHours(
      sql,
      keys.filter(({ hour }) => hour < since),
    ),
  ]);
  return new Map([...recent, ...old]);
}

/** The hour that says more of a type than its last 24: its oldest open one, else its last when that is older. */
function tellingHour({ id, oldestOpenMs, activeToMs }: BoardType, since: Date): HourKey[] {
  if (oldestOpenMs !== null) return [{ eventTypeId: id, hour: new Date(oldestOpenMs) }];
  if (activeToMs === null || activeToMs > since.getTime()) return [];
  return [{ eventTypeId: id, hour: addHours(new Date(activeToMs), -1) }];
}

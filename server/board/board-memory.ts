import { addHours, type Hour } from "#domain/hour.ts";
import type { Database, Sql } from "#server/db/database.ts";
import type { HourKey, StoredForecast } from "#server/verdicts/index.ts";
import { allEnded } from "./all-ended.ts";
import {
  type BoardForecasts,
  type BoardHour,
  type BoardType,
  type BoardWatermarks,
  countBoardTypes,
  loadBoardCells,
  loadBoardForecasts,
  loadBoardHorizon,
  loadBoardHours,
  loadBoardTypes,
  loadBoardWatermarks,
} from "./load-board.ts";
import type { RememberedType } from "./remembered-type.ts";
import { emptyStrip, storedStrips } from "./type-strip.ts";

export const stripHours = 24;

const ofDatabase = new WeakMap<Database, BoardMemory>();

/**
 * The board's data, cached per process and brought up to date at every refresh: only rows written since the last
 * refresh are read (see load-board), so it never depends on a notification, and any number of web processes agree.
 * What a refresh returns is not changed by the next one.
 */
export class BoardMemory {
  readonly types = new Map<number, RememberedType>();
  /** The last ranking: the next one is nearly the same, and sorting nearly sorted data is cheap. */
  ranking: readonly RememberedType[] = [];
  /** Datacenter id → type id → its watermark in milliseconds. */
  readonly watermarks = new Map<number, Map<number, number>>();
  /** Type id → the start of an hour in milliseconds → its forecast. */
  readonly forecasts = new Map<number, Map<number, StoredForecast>>();
  #datacentersKey = "";
  #horizon: string | null = null;
  #hourMs = Number.NaN;

  static of(database: Database): BoardMemory {
    const known = ofDatabase.get(database);
    if (known) return known;
    const memory = new BoardMemory();
    ofDatabase.set(database, memory);
    return memory;
  }

  /** One at a time. A failed refresh leaves the horizon unchanged: the next one reads at least as much. */
  async refresh(sql: Sql, current: Hour): Promise<void> {
    const horizon = await loadBoardHorizon(sql);
    // Which hours have ended decides what is open: a new hour reloads every type.
    const isSameHour = this.#hourMs === current.getTime();
    const [count] = await allEnded([
      countBoardTypes(sql),
      this.#readTypes(sql, current, isSameHour ? this.#horizon : null),
      this.#readWatermarks(sql),
      this.#readForecasts(sql),
    ]);
    if (this.types.size !== count) await this.#readTypes(sql, current, null);
    this.#horizon = horizon;
    this.#hourMs = current.getTime();
  }

  /** Derived values of types hold while the set of datacenters that may be expected is unchanged. */
  settleFor(datacentersKey: string): void {
    if (this.#datacentersKey === datacentersKey) return;
    this.#datacentersKey = datacentersKey;
    for (const remembered of this.types.values()) remembered.settled = null;
  }

  async #readTypes(sql: Sql, current: Hour, horizon: string | null): Promise<void> {
    const since = addHours(current, 1 - stripHours);
    const loaded = new Map((await loadBoardTypes(sql, current, horizon)).map((type) => [type.id, type]));
    const ids = horizon === null ? null : [...loaded.keys()];
    const [cells, shown] = await allEnded([
      loadBoardCells(sql, { hour: current, since, types: ids }),
      loadTellingHours(sql, [...loaded.values()], since),
    ]);
    if (horizon === null) this.types.clear();
    const known = this.types.size;
    const hours = Array.from({ length: stripHours }, (_, index) => addHours(since, index).getTime());
    const strips = storedStrips(loaded, hours, cells);
    for (const [id, type] of loaded) {
      const strip = strips.get(id) ?? emptyStrip(stripHours);
      const read = { type, strip, shownHour: shown.get(id) ?? null, settled: null, lanes: null, forecast: null };
      const before = this.types.get(id);
      if (before) Object.assign(before, read);
      else this.types.set(id, read);
    }
    if (horizon === null || this.types.size !== known) this.ranking = [...this.types.values()];
  }

  async #readWatermarks(sql: Sql): Promise<void> {
    const read = await loadBoardWatermarks(sql, this.#horizon);
    this.#keepWatermarks(read);
    if (countAll(this.watermarks) === read.total) return;
    // Some were deleted.
    const all = await loadBoardWatermarks(sql, null);
    this.watermarks.clear();
    for (const remembered of this.types.values()) remembered.lanes = null;
    this.#keepWatermarks(all);
  }

  #keepWatermarks({ watermarks }: BoardWatermarks): void {
    for (const { datacenterId: datacenter, eventTypeId: type, ms } of watermarks) {
      const known = this.watermarks.get(datacenter);
      if (known) known.set(type, ms);
      else this.watermarks.set(datacenter, new Map([[type, ms]]));
      const remembered = this.types.get(type);
      if (remembered) remembered.lanes = null;
    }
  }

  async #readForecasts(sql: Sql): Promise<void> {
    const read = await loadBoardForecasts(sql, this.#horizon);
    this.#keepForecasts(read);
    if (countAll(this.forecasts) === read.total) return;
    const all = await loadBoardForecasts(sql, null);
    this.forecasts.clear();
    for (const remembered of this.types.values()) remembered.forecast = null;
    this.#keepForecasts(all);
  }

  #keepForecasts({ forecasts }: BoardForecasts): void {
    for (const { eventTypeId: type, hourMs, breachProbability, p50Ms, p90Ms, madeAtMs } of forecasts) {
      const hours = this.forecasts.get(type) ?? new Map<number, StoredForecast>();
      this.forecasts.set(type, hours);
      hours.set(hourMs, { breachProbability, p50Ms, p90Ms, madeAtMs });
      const remembered = this.types.get(type);
      if (remembered) remembered.forecast = null;
    }
  }
}

function countAll(maps: ReadonlyMap<number, ReadonlyMap<number, unknown>>): number {
  let count = 0;
  for (const { size } of maps.values()) count += size;
  return count;
}

/** Old hours apart, so that the statement for recent ones touches only one or two months' partitions. */
async function loadTellingHours(sql: Sql, types: readonly BoardType[], since: Date): Promise<Map<number, BoardHour>> {
  const keys = types.flatMap((type) => shownHour(type, since));
  const recent = keys.filter(({ hour }) => hour >= since);
  const old = keys.filter(({ hour }) => hour < since);
  const [ofRecent, ofOld] = await Promise.all([loadBoardHours(sql, recent), loadBoardHours(sql, old)]);
  return new Map([...ofRecent, ...ofOld]);
}

/** The hour that matters more than the last 24: its oldest open one, else its last if older than those. */
function shownHour({ id, oldestOpenMs, activeToMs }: BoardType, since: Date): HourKey[] {
  if (oldestOpenMs !== null) return [{ eventTypeId: id, hour: new Date(oldestOpenMs) }];
  if (activeToMs === null || activeToMs > since.getTime()) return [];
  return [{ eventTypeId: id, hour: addHours(new Date(activeToMs), -1) }];
}

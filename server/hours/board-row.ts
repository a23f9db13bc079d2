import type { BoardAlertJson, CompactBoardRowJson } from "#domain/api/board.ts";
import type { Clock } from "#domain/clock.ts";
import { formatHour } from "#domain/hour.ts";
import { riskOf, worstState } from "#domain/risk.ts";
import { toForecastJson } from "#server/forecast/forecast-json.ts";
import type { BoardStrips } from "./board-strips.ts";
import { namesNotClosed } from "./evidence.ts";
import type { BoardHour, BoardType } from "./load-board.ts";
import { type BoardAlerts, rankAlerts } from "./load-board-alerts.ts";
import type { BoardDatacenter } from "./load-board-datacenters.ts";

const hourMs = 3_600_000;

/** What every row of one board shares. */
export interface BoardMoment {
  nowMs: number;
  clock: Clock;
  /** The starts of the last 24 hours in milliseconds, the current hour last. */
  hours: readonly number[];
  strips: BoardStrips;
  datacenters: readonly BoardDatacenter[];
  /** Datacenter id → type id → its watermark in ms. */
  watermarks: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** Type id → its oldest open hour, or its last hour when it is long over. */
  tellingHours: ReadonlyMap<number, BoardHour>;
  alerts: BoardAlerts;
}

/** A row but for its strip, which stands in the moment's strips. */
export type BoardRowNow = Omit<CompactBoardRowJson, "states" | "delays">;

export interface BoardTypeNow {
  row: BoardRowNow;
  /** Of its oldest open hour, in milliseconds; null: none is open. */
  deadlineMs: number | null;
  /** The datacenters that its verdicts wait for. */
  expected: BoardDatacenter[];
  isLate: boolean;
  /** Those that have not closed its oldest open hour. */
  holdingUp: string[];
}

/** One type's row, and what the board says of datacenters because of it. `at`: its place among the strips. */
export function boardRow(type: BoardType, at: number, moment: BoardMoment): BoardTypeNow {
  const { nowMs } = moment;
  const expected = expectedDatacenters(type, moment);
  const delaySeconds = type.oldestOpenMs === null ? null : (nowMs - type.oldestOpenMs - hourMs) / 1000;
  const isLate = delaySeconds !== null && delaySeconds > type.deadlineSeconds;
  const holdingUp = type.oldestOpenMs === null ? [] : namesNotClosed(moment.tellingHours.get(type.id)?.evidence ?? []);
  const states = moment.strips.statesOf(at);
  const recentStates = states.filter((state) => state !== null && state !== "complete");
  const worst = worstState(isLate ? ["late"] : recentStates);
  const ended = states.slice(0, -1).findLast((state) => state !== null);
  return {
    deadlineMs: type.oldestOpenMs === null ? null : type.oldestOpenMs + hourMs + type.deadlineSeconds * 1000,
    expected,
    isLate,
    holdingUp,
    row: {
      eventType: type.name,
      owner: type.owner,
      tier: type.tier,
      deadlineSeconds: type.deadlineSeconds,
      state: worst ?? ended ?? moment.tellingHours.get(type.id)?.state ?? "open",
      lagSeconds: lagSeconds(type, expected, moment),
      worstDatacenter: slowest(type, expected, holdingUp, moment),
      openHours: type.openHours ?? 0,
      oldestOpenHour: type.oldestOpenMs === null ? null : formatHour(new Date(type.oldestOpenMs)),
      delaySeconds,
      completeThrough: type.completeThroughMs === null ? null : formatHour(new Date(type.completeThroughMs)),
      forecast: forecastNow(type, moment),
      risk: riskOf({ deadlineSeconds: type.deadlineSeconds, delaySeconds, recentStates }),
      alerts: alertsNow(type, holdingUp, moment),
    },
  };
}

/** The type's own, and those of the datacenters that hold it up. */
function alertsNow({ id }: BoardType, holdingUp: readonly string[], { alerts }: BoardMoment): BoardAlertJson[] {
  const own = alerts.byType.get(id) ?? [];
  const others = holdingUp.flatMap((name) => alerts.byDatacenter.get(name) ?? []);
  return own.length + others.length === 0 ? [] : rankAlerts([...own, ...others]);
}

/** Of its oldest open hour, else of the current one. */
function forecastNow(type: BoardType, { hours, clock }: BoardMoment): BoardRowNow["forecast"] {
  const hour = type.oldestOpenMs ?? hours.at(-1) ?? 0;
  return toForecastJson(type.forecast, new Date(hour + hourMs + type.deadlineSeconds * 1000), clock);
}

/** Those of the type's own list, else all claimed, that are active in its current or last hour. */
function expectedDatacenters(type: BoardType, { hours, datacenters }: BoardMoment): BoardDatacenter[] {
  const current = hours.at(-1) ?? 0;
  const hour = type.activeToMs === null ? current : Math.min(current, type.activeToMs - hourMs);
  return datacenters.filter((datacenter) => {
    if (datacenter.activeToMs !== null && hour >= datacenter.activeToMs) return false;
    if (type.datacenters.length > 0) return type.datacenters.includes(datacenter.name);
    return datacenter.claimed && datacenter.activeFromMs !== null && hour >= datacenter.activeFromMs;
  });
}

/** null while one of them never said any; a type that is over does not lag any further. */
function lagSeconds(type: BoardType, expected: readonly BoardDatacenter[], moment: BoardMoment): number | null {
  const until = type.activeToMs === null ? moment.nowMs : Math.min(moment.nowMs, type.activeToMs);
  let lowest: number | null = null;
  for (const { id } of expected) {
    const mark = moment.watermarks.get(id)?.get(type.id);
    if (mark === undefined) return null;
    if (lowest === null || mark < lowest) lowest = mark;
  }
  return lowest === null ? null : Math.max(0, until - lowest) / 1000;
}

/** Of those that hold the oldest open hour up, the one with the lowest watermark or none. */
function slowest(
  type: BoardType,
  expected: readonly BoardDatacenter[],
  holdingUp: readonly string[],
  { watermarks }: BoardMoment,
): string | null {
  let worst: { name: string; mark: number } | null = null;
  for (const { id, name } of expected) {
    if (!holdingUp.includes(name)) continue;
    const mark = watermarks.get(id)?.get(type.id) ?? Number.NEGATIVE_INFINITY;
    if (!worst || mark < worst.mark) worst = { name, mark };
  }
  return worst?.name ?? null;
}

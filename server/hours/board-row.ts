import type { BoardAlertJson, CompactBoardRowJson } from "#domain/api/board.ts";
import type { Clock } from "#domain/clock.ts";
import { formatHour } from "#domain/hour.ts";
import { riskOf, worstState } from "#domain/risk.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { BoardMemory } from "./board-memory.ts";
import { toForecastJson } from "./forecast-json.ts";
import type { BoardType } from "./load-board.ts";
import { type BoardAlerts, rankAlerts } from "./load-board-alerts.ts";
import type { BoardDatacenter } from "./load-board-datacenters.ts";
import { TypeStrip } from "./type-strip.ts";

const hourMs = 3_600_000;

/** What every row of one board shares. */
export interface BoardMoment {
  nowMs: number;
  clock: Clock;
  /** The starts of the last 24 hours in milliseconds, the current hour last. */
  hours: readonly number[];
  datacenters: readonly BoardDatacenter[];
  /** Differs whenever other datacenters may be expected. */
  datacentersKey: string;
  alerts: BoardAlerts;
}

/** A row but for its strip. */
export type BoardRowNow = Omit<CompactBoardRowJson, "states" | "delays">;

export interface BoardTypeNow {
  id: number;
  row: BoardRowNow;
  strip: TypeStrip;
  /** Of its oldest open hour, in milliseconds; null: none is open. */
  deadlineMs: number | null;
  /** The datacenters that its verdicts wait for. */
  expected: readonly Expected[];
  isLate: boolean;
  /** Those that have not closed its oldest open hour. */
  holdingUp: readonly string[];
}

type Expected = Pick<BoardDatacenter, "id" | "name">;

/** What follows of a type from what is stored, for as long as nothing of it is written and no hour of it changes by time alone. */
export interface SettledType {
  madeMs: number;
  datacentersKey: string;
  strip: TypeStrip;
  recentStates: readonly VerdictState[];
  worst: VerdictState | null;
  /** Of its last ended hour. */
  ended: VerdictState | null;
  holdingUp: readonly string[];
  expected: readonly Expected[];
  oldestOpenHour: string | null;
  completeThrough: string | null;
}

/** One type's row, and what the board says of datacenters because of it. */
export function boardRow(type: BoardType, memory: BoardMemory, moment: BoardMoment): BoardTypeNow {
  const { nowMs } = moment;
  const settled = settledNow(type, memory, moment);
  const { expected, holdingUp, recentStates } = settled;
  const delaySeconds = type.oldestOpenMs === null ? null : (nowMs - type.oldestOpenMs - hourMs) / 1000;
  const isLate = delaySeconds !== null && delaySeconds > type.deadlineSeconds;
  const worst = isLate ? "late" : settled.worst;
  return {
    id: type.id,
    strip: settled.strip,
    deadlineMs: type.oldestOpenMs === null ? null : type.oldestOpenMs + hourMs + type.deadlineSeconds * 1000,
    expected,
    isLate,
    holdingUp,
    row: {
      eventType: type.name,
      owner: type.owner,
      tier: type.tier,
      deadlineSeconds: type.deadlineSeconds,
      state: worst ?? settled.ended ?? memory.tellingHours.get(type.id)?.state ?? "open",
      lagSeconds: lagSeconds(type, expected, memory, nowMs),
      worstDatacenter: slowest(type, expected, holdingUp, memory),
      openHours: type.openHours ?? 0,
      oldestOpenHour: settled.oldestOpenHour,
      delaySeconds,
      completeThrough: settled.completeThrough,
      forecast: forecastNow(type, memory, moment),
      risk: riskOf({ deadlineSeconds: type.deadlineSeconds, delaySeconds, recentStates }),
      alerts: alertsNow(type, holdingUp, moment),
    },
  };
}

function settledNow(type: BoardType, memory: BoardMemory, moment: BoardMoment): SettledType {
  const known = memory.settled.get(type.id);
  const { nowMs, datacentersKey } = moment;
  if (known && known.datacentersKey === datacentersKey && nowMs >= known.madeMs && nowMs < known.strip.untilMs) {
    return known;
  }
  const settled = settle(type, memory, moment);
  memory.settled.set(type.id, settled);
  return settled;
}

function settle(type: BoardType, memory: BoardMemory, moment: BoardMoment): SettledType {
  const { nowMs, hours, datacentersKey } = moment;
  const stored = memory.strips.get(type.id) ?? { codes: new Uint8Array(hours.length), delays: new Float64Array() };
  const strip = new TypeStrip(stored, { hours, deadlineSeconds: type.deadlineSeconds, nowMs });
  const states = strip.states();
  const recentStates = states.filter((state) => state !== null && state !== "complete");
  return {
    madeMs: nowMs,
    datacentersKey,
    strip,
    recentStates,
    worst: worstState(recentStates),
    ended: states.slice(0, -1).findLast((state) => state !== null) ?? null,
    holdingUp: type.oldestOpenMs === null ? [] : (memory.tellingHours.get(type.id)?.notClosed ?? []),
    expected: expectedDatacenters(type, moment),
    oldestOpenHour: type.oldestOpenMs === null ? null : formatHour(new Date(type.oldestOpenMs)),
    completeThrough: type.completeThroughMs === null ? null : formatHour(new Date(type.completeThroughMs)),
  };
}

/** The type's own, and those of the datacenters that hold it up. */
function alertsNow({ id }: BoardType, holdingUp: readonly string[], { alerts }: BoardMoment): BoardAlertJson[] {
  const own = alerts.byType.get(id) ?? [];
  const others = holdingUp.flatMap((name) => alerts.byDatacenter.get(name) ?? []);
  return own.length + others.length === 0 ? [] : rankAlerts([...own, ...others]);
}

/** Of its oldest open hour, else of the current one. */
function forecastNow(type: BoardType, memory: BoardMemory, { hours, clock }: BoardMoment): BoardRowNow["forecast"] {
  const hour = type.oldestOpenMs ?? hours.at(-1) ?? 0;
  const stored = memory.forecasts.get(type.id)?.get(hour) ?? null;
  return stored && toForecastJson(stored, new Date(hour + hourMs + type.deadlineSeconds * 1000), clock);
}

/** Those of the type's own list, else all claimed, that are active in its current or last hour. */
function expectedDatacenters(type: BoardType, { hours, datacenters }: BoardMoment): Expected[] {
  const current = hours.at(-1) ?? 0;
  const hour = type.activeToMs === null ? current : Math.min(current, type.activeToMs - hourMs);
  return datacenters.filter((datacenter) => {
    if (datacenter.activeToMs !== null && hour >= datacenter.activeToMs) return false;
    if (type.datacenters.length > 0) return type.datacenters.includes(datacenter.name);
    return datacenter.claimed && datacenter.activeFromMs !== null && hour >= datacenter.activeFromMs;
  });
}

/** null while one of them has no watermark; a type that is over does not lag any further. */
function lagSeconds(
  type: BoardType,
  expected: readonly Expected[],
  { watermarks }: BoardMemory,
  nowMs: number,
): number | null {
  const until = type.activeToMs === null ? nowMs : Math.min(nowMs, type.activeToMs);
  let lowest: number | null = null;
  for (const { id } of expected) {
    const mark = watermarks.get(id)?.get(type.id);
    if (mark === undefined) return null;
    if (lowest === null || mark < lowest) lowest = mark;
  }
  return lowest === null ? null : Math.max(0, until - lowest) / 1000;
}

/** Of those that hold the oldest open hour up, the one with the lowest watermark or none. */
function slowest(
  type: BoardType,
  expected: readonly Expected[],
  holdingUp: readonly string[],
  { watermarks }: BoardMemory,
): string | null {
  if (holdingUp.length === 0) return null;
  let worst: { name: string; mark: number } | null = null;
  for (const { id, name } of expected) {
    if (!holdingUp.includes(name)) continue;
    const mark = watermarks.get(id)?.get(type.id) ?? Number.NEGATIVE_INFINITY;
    if (!worst || mark < worst.mark) worst = { name, mark };
  }
  return worst?.name ?? null;
}

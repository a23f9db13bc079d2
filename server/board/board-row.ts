import type { BoardAlertJson, CompactBoardRowJson } from "#domain/api/board.ts";
import type { Clock } from "#domain/clock.ts";
import { formatHour } from "#domain/hour.ts";
import { riskOf, worstState } from "#domain/risk.ts";
import { type ForecastJson, forecastHoldsUntil, toForecastJson } from "#server/verdicts/index.ts";
import type { BoardMemory } from "./board-memory.ts";
import type { BoardType } from "./load-board.ts";
import { type BoardAlerts, rankAlerts } from "./load-board-alerts.ts";
import type { BoardDatacenter } from "./load-board-datacenters.ts";
import type { Expected, LanesNow, RememberedType, SettledType } from "./remembered-type.ts";
import { TypeStrip } from "./type-strip.ts";

const hourMs = 3_600_000;
const none: BoardAlertJson[] = [];

/** Shared by every row of one board. */
export interface BoardMoment {
  nowMs: number;
  /** Frozen at one moment. */
  clock: Pick<Clock, "now" | "speed">;
  /** Starts of the last 24 hours in milliseconds, current hour last. */
  hours: readonly number[];
  datacenters: readonly BoardDatacenter[];
  alerts: BoardAlerts;
}

export interface BoardTypeNow {
  remembered: RememberedType;
  row: CompactBoardRowJson;
  settled: SettledType;
  lanes: LanesNow;
  /** Of the oldest open hour, in milliseconds; null: none is open. */
  deadlineMs: number | null;
  isLate: boolean;
}

/** One type's row, and its contribution to the datacenters' rows. */
export function boardRow(remembered: RememberedType, memory: BoardMemory, moment: BoardMoment): BoardTypeNow {
  const { nowMs } = moment;
  const { type } = remembered;
  const settled = settledNow(remembered, moment);
  const { holdingUp, recentStates, missedDeadlines } = settled;
  const lanes = remembered.lanes ?? lanesNow(type.id, settled, memory);
  remembered.lanes = lanes;
  const { lowestMs, slowest } = lanes;
  const delaySeconds = type.oldestOpenMs === null ? null : (nowMs - type.oldestOpenMs - hourMs) / 1000;
  const isLate = delaySeconds !== null && delaySeconds > type.deadlineSeconds;
  const worst = isLate ? "late" : settled.worst;
  const { states, delays, missed } = settled.strip.text();
  return {
    remembered,
    settled,
    lanes,
    deadlineMs: type.oldestOpenMs === null ? null : type.oldestOpenMs + hourMs + type.deadlineSeconds * 1000,
    isLate,
    row: {
      eventType: type.name,
      owner: type.owner,
      tier: type.tier,
      deadlineSeconds: type.deadlineSeconds,
      state: worst ?? settled.ended ?? remembered.shownHour?.state ?? "open",
      lagSeconds: lowestMs === null ? null : lagSeconds(type, lowestMs, nowMs),
      worstDatacenter: slowest,
      openHours: type.openHours ?? 0,
      oldestOpenHour: settled.oldestOpenHour,
      delaySeconds,
      completeThrough: settled.completeThrough,
      forecast: forecastNow(remembered, memory, moment),
      risk: riskOf({ deadlineSeconds: type.deadlineSeconds, delaySeconds, recentStates, missedDeadlines }),
      alerts: alertsNow(type, holdingUp, moment),
      states,
      delays,
      missed,
    },
  };
}

function settledNow(remembered: RememberedType, moment: BoardMoment): SettledType {
  const { settled: known } = remembered;
  const { nowMs } = moment;
  if (known && nowMs >= known.madeMs && nowMs < known.strip.untilMs) return known;
  const settled = settle(remembered, moment);
  remembered.settled = settled;
  // The expected ones may differ now.
  remembered.lanes = null;
  return settled;
}

function settle({ type, strip: stored, shownHour }: RememberedType, moment: BoardMoment): SettledType {
  const { nowMs, hours } = moment;
  const strip = new TypeStrip(stored, { hours, deadlineSeconds: type.deadlineSeconds, nowMs });
  const states = strip.states();
  const recentStates = strip.troubledStates();
  return {
    madeMs: nowMs,
    strip,
    recentStates,
    missedDeadlines: strip.missedDeadlines(),
    worst: worstState(recentStates),
    ended: states.slice(0, -1).findLast((state) => state !== null) ?? null,
    holdingUp: type.oldestOpenMs === null ? [] : (shownHour?.notClosed ?? []),
    expected: expectedDatacenters(type, moment),
    oldestOpenHour: type.oldestOpenMs === null ? null : formatHour(new Date(type.oldestOpenMs)),
    completeThrough: type.completeThroughMs === null ? null : formatHour(new Date(type.completeThroughMs)),
  };
}

function lanesNow(typeId: number, { expected, holdingUp }: SettledType, { watermarks }: BoardMemory): LanesNow {
  const marks = expected.map(({ id }) => watermarks.get(id)?.get(typeId));
  let [lowestMs, slowestMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let slowest: string | null = null;
  for (const [index, { name }] of expected.entries()) {
    const ms = marks[index] ?? Number.NEGATIVE_INFINITY;
    lowestMs = Math.min(lowestMs, ms);
    if (ms >= slowestMs || !holdingUp.includes(name)) continue;
    slowestMs = ms;
    slowest = name;
  }
  return { marks, lowestMs: Number.isFinite(lowestMs) ? lowestMs : null, slowest };
}

/** A type past its activeTo lags no further. */
function lagSeconds({ activeToMs }: BoardType, lowestMs: number, nowMs: number): number {
  return Math.max(0, (activeToMs === null ? nowMs : Math.min(nowMs, activeToMs)) - lowestMs) / 1000;
}

/** The type's own alerts, and those of datacenters that hold it up. */
function alertsNow({ id }: BoardType, holdingUp: readonly string[], { alerts }: BoardMoment): BoardAlertJson[] {
  if (alerts.byType.size + alerts.byDatacenter.size === 0) return none;
  const own = alerts.byType.get(id) ?? none;
  const others = holdingUp.flatMap((name) => alerts.byDatacenter.get(name) ?? none);
  return own.length + others.length === 0 ? none : rankAlerts([...own, ...others]);
}

/** For its oldest open hour, else the current one. */
function forecastNow(
  remembered: RememberedType,
  memory: BoardMemory,
  { nowMs, hours, clock }: BoardMoment,
): ForecastJson | null {
  const { type, forecast: known } = remembered;
  if (known && nowMs >= known.madeMs && nowMs < known.untilMs) return known.json;
  const hour = type.oldestOpenMs ?? hours.at(-1) ?? 0;
  const stored = memory.forecasts.get(type.id)?.get(hour) ?? null;
  const deadlineAt = new Date(hour + hourMs + type.deadlineSeconds * 1000);
  const json = toForecastJson(stored, deadlineAt, clock);
  remembered.forecast = { madeMs: nowMs, untilMs: forecastHoldsUntil(stored, deadlineAt, clock), json };
  return json;
}

/** From its own list, else all claimed: those active in its current or last hour. */
function expectedDatacenters(type: BoardType, { hours, datacenters }: BoardMoment): Expected[] {
  const current = hours.at(-1) ?? 0;
  const hour = type.activeToMs === null ? current : Math.min(current, type.activeToMs - hourMs);
  return datacenters.filter((datacenter) => {
    if (datacenter.activeToMs !== null && hour >= datacenter.activeToMs) return false;
    if (type.datacenters.length > 0) return type.datacenters.includes(datacenter.name);
    return datacenter.claimed && datacenter.activeFromMs !== null && hour >= datacenter.activeFromMs;
  });
}

import type { CompactBoardJson } from "#domain/api/board.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Context } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { type BoardMoment, type BoardRowNow, type BoardTypeNow, boardRow } from "./board-row.ts";
import { BoardStrips } from "./board-strips.ts";
import {
  type BoardHour,
  type BoardType,
  loadBoardCells,
  loadBoardHours,
  loadBoardTypes,
  loadBoardWatermarks,
} from "./load-board.ts";
import { loadBoardAlerts } from "./load-board-alerts.ts";
import { type BoardDatacenter, loadBoardDatacenters } from "./load-board-datacenters.ts";
import { loadBoardVolumes } from "./load-board-volumes.ts";
import type { HourKey } from "./load-facts.ts";
import { findNextBreach } from "./next-breach.ts";
import { readLastIngest } from "./read-last-ingest.ts";
import { telemetryAgeSeconds } from "./verdict-json.ts";

export const stripHours = 24;

/** A board before it is written in either form. */
export interface BoardNow {
  /** The greatest risk first. `at`: the row's place among the strips. */
  ranked: { row: BoardRowNow; at: number }[];
  strips: BoardStrips;
  /** The start of the strips' first hour. */
  since: Date;
  shared: Omit<CompactBoardJson, "items" | "nextCursor">;
}

/** All of it, in statements of sets none of which grows with history. */
export async function takeBoard(ctx: Context): Promise<BoardNow> {
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const nowMs = now.getTime();
  const current = hourOf(now);
  const since = addHours(current, 1 - stripHours);
  const ofTypes = loadBoardTypes(sql, current);
  const [types, tellingHours, cells, watermarks, datacenters, alerts, volumes, { lastIngestAt }] = await Promise.all([
    ofTypes,
    ofTypes.then((loaded) => loadTellingHours(sql, loaded, since)),
    loadBoardCells(sql, current, since),
    loadBoardWatermarks(sql),
    loadBoardDatacenters(sql, now),
    loadBoardAlerts(sql, now),
    loadBoardVolumes(ctx),
    readLastIngest(sql),
  ]);
  const hours = Array.from({ length: stripHours }, (_, index) => addHours(since, index).getTime());
  const strips = new BoardStrips(types, hours, cells, nowMs);
  const moment = { nowMs, clock: ctx.clock, hours, strips, datacenters, watermarks, tellingHours, alerts };
  const board = types.map((type, at) => ({ type, at, ...boardRow(type, at, moment) }));
  const ranked = board.toSorted((a, b) => b.row.risk - a.row.risk || (a.row.eventType < b.row.eventType ? -1 : 1));
  const rows = ranked.map(({ row }) => row);
  return {
    ranked,
    strips,
    since,
    shared: {
      counts: countStates(rows.map(({ state }) => state)),
      alertedTypes: rows.filter((row) => row.alerts.some(({ muted }) => muted === null)).length,
      datacenters: datacenters
        .filter((datacenter) => isActive(datacenter, current.getTime()))
        .map((datacenter) => datacenterNow(datacenter, board, moment, volumes)),
      lateSince: earliest(board.filter(({ isLate }) => isLate)),
      nextBreach: findNextBreach(rows, current, now),
      asOf: formatInstant(now),
      telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
    },
  };
}

function isActive({ claimed, activeFromMs, activeToMs }: BoardDatacenter, ms: number): boolean {
  return claimed && activeFromMs !== null && ms >= activeFromMs && (activeToMs === null || ms < activeToMs);
}

function countStates(states: readonly VerdictState[]): CompactBoardJson["counts"] {
  const counts: CompactBoardJson["counts"] = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
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

function datacenterNow(
  { id, name, lastSeenAt, versions, backlog }: BoardDatacenter,
  board: readonly (BoardTypeNow & { type: BoardType })[],
  { nowMs, watermarks }: BoardMoment,
  volumes: Awaited<ReturnType<typeof loadBoardVolumes>>,
): CompactBoardJson["datacenters"][number] {
  let lowest = Number.POSITIVE_INFINITY;
  for (const { type, expected } of board) {
    if (expected.some((each) => each.id === id)) lowest = Math.min(lowest, watermarks.get(id)?.get(type.id) ?? lowest);
  }
  const late = board.filter(({ isLate, holdingUp }) => isLate && holdingUp.includes(name));
  return {
    name,
    lagSeconds: Number.isFinite(lowest) ? Math.max(0, nowMs - lowest) / 1000 : null,
    lastSeenAt: lastSeenAt && formatInstant(lastSeenAt),
    silent: !lastSeenAt || nowMs - lastSeenAt.getTime() > silentAfterSeconds * 1000,
    lateTypes: late.length,
    lateSince: earliest(late),
    volume: volumes.get(name) ?? null,
    backlog,
    versions,
  };
}

/** The first of their deadlines that passed. */
function earliest(late: readonly BoardTypeNow[]): string | null {
  const deadlines = late.flatMap(({ deadlineMs }) => deadlineMs ?? []);
  return deadlines.length === 0 ? null : formatInstant(new Date(Math.min(...deadlines)));
}

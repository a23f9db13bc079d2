import type { BoardJson } from "#domain/api/board.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { type BoardMoment, type BoardTypeNow, boardRow } from "./board-row.ts";
import {
  type BoardDatacenter,
  type BoardHour,
  type BoardType,
  loadBoardCells,
  loadBoardDatacenters,
  loadBoardHours,
  loadBoardTypes,
  loadBoardWatermarks,
} from "./load-board.ts";
import type { HourKey } from "./load-facts.ts";
import { readLastIngest } from "./read-last-ingest.ts";
import { telemetryAgeSeconds } from "./verdict-json.ts";

const stripHours = 24;

/** Every claimed type now, the greatest risk first. Six statements of sets, none of which grows with history. */
export async function readBoard({ ctx }: { ctx: Context }): Promise<BoardJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const current = hourOf(now);
  const since = addHours(current, 1 - stripHours);
  const ofTypes = loadBoardTypes(sql, current);
  const [types, tellingHours, cells, watermarks, datacenters, { lastIngestAt }] = await Promise.all([
    ofTypes,
    ofTypes.then((loaded) => loadTellingHours(sql, loaded, since)),
    loadBoardCells(sql, current, since),
    loadBoardWatermarks(sql),
    loadBoardDatacenters(sql),
    readLastIngest(sql),
  ]);
  const moment: BoardMoment = {
    nowMs: now.getTime(),
    clock: ctx.clock,
    hours: Array.from({ length: stripHours }, (_, index) => addHours(since, index).getTime()),
    cells,
    datacenters,
    watermarks,
    tellingHours,
  };
  const board = types.map((type) => ({ type, ...boardRow(type, moment) }));
  const ranked = board.map(({ row }) => row).sort((a, b) => b.risk - a.risk || (a.eventType < b.eventType ? -1 : 1));
  return {
    items: ranked,
    nextCursor: null,
    counts: countStates(ranked.map((row) => row.state)),
    datacenters: datacenters
      .filter((datacenter) => isActive(datacenter, current.getTime()))
      .map((datacenter) => datacenterNow(datacenter, board, moment)),
    asOf: formatInstant(now),
    telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
  };
}

function isActive({ claimed, activeFromMs, activeToMs }: BoardDatacenter, ms: number): boolean {
  return claimed && activeFromMs !== null && ms >= activeFromMs && (activeToMs === null || ms < activeToMs);
}

function countStates(states: readonly VerdictState[]): BoardJson["counts"] {
  const counts: BoardJson["counts"] = {};
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
  { id, name, lastSeenAt }: BoardDatacenter,
  board: readonly (BoardTypeNow & { type: BoardType })[],
  { nowMs, watermarks }: BoardMoment,
): BoardJson["datacenters"][number] {
  let lowest = Number.POSITIVE_INFINITY;
  let lateTypes = 0;
  for (const { type, expected, isLate, holdingUp } of board) {
    if (isLate && holdingUp.includes(name)) lateTypes += 1;
    if (expected.some((each) => each.id === id)) lowest = Math.min(lowest, watermarks.get(id)?.get(type.id) ?? lowest);
  }
  return {
    name,
    lagSeconds: Number.isFinite(lowest) ? Math.max(0, nowMs - lowest) / 1000 : null,
    lastSeenAt: lastSeenAt && formatInstant(lastSeenAt),
    silent: !lastSeenAt || nowMs - lastSeenAt.getTime() > silentAfterSeconds * 1000,
    lateTypes,
  };
}

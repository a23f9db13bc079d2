import type { CompactBoardJson } from "#domain/api/board.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Context } from "#server/access/context.ts";
import { BoardMemory, stripHours } from "./board-memory.ts";
import { type BoardMoment, type BoardTypeNow, boardRow } from "./board-row.ts";
import { loadBoardAlerts } from "./load-board-alerts.ts";
import { type BoardDatacenter, loadBoardDatacenters } from "./load-board-datacenters.ts";
import { loadBoardVolumes } from "./load-board-volumes.ts";
import { findNextBreach } from "./next-breach.ts";
import { readLastIngest } from "./read-last-ingest.ts";
import { telemetryAgeSeconds } from "./verdict-json.ts";

/** A board before it is written in either form. */
export interface BoardNow {
  /** The greatest risk first. */
  ranked: readonly Pick<BoardTypeNow, "row" | "strip">[];
  /** The start of the strips' first hour. */
  since: Date;
  shared: Omit<CompactBoardJson, "items" | "nextCursor">;
}

/** All of it, as committed when it was asked for: what memory knows, and what was written since. */
export async function takeBoard(ctx: Context): Promise<BoardNow> {
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const nowMs = now.getTime();
  const current = hourOf(now);
  const since = addHours(current, 1 - stripHours);
  const memory = BoardMemory.of(ctx.database);
  const [datacenters, alerts, volumes, { lastIngestAt }] = await Promise.all([
    loadBoardDatacenters(sql, now),
    loadBoardAlerts(sql, now),
    loadBoardVolumes(ctx),
    readLastIngest(sql),
    memory.refresh(sql, current),
  ]);
  const hours = Array.from({ length: stripHours }, (_, index) => addHours(since, index).getTime());
  const datacentersKey = JSON.stringify(datacenters.map(expectedBy));
  const moment = { nowMs, clock: ctx.clock, hours, datacenters, datacentersKey, alerts };
  const board = [...memory.types.values()].map((type) => boardRow(type, memory, moment));
  const ranked = board.toSorted((a, b) => b.row.risk - a.row.risk || (a.row.eventType < b.row.eventType ? -1 : 1));
  const rows = ranked.map(({ row }) => row);
  return {
    ranked,
    since,
    shared: {
      counts: countStates(rows.map(({ state }) => state)),
      alertedTypes: rows.filter((row) => row.alerts.some(({ muted }) => muted === null)).length,
      datacenters: datacenters
        .filter((datacenter) => isActive(datacenter, current.getTime()))
        .map((datacenter) => datacenterNow(datacenter, board, memory, moment, volumes)),
      lateSince: earliest(board.filter(({ isLate }) => isLate)),
      nextBreach: findNextBreach(rows, current, now),
      asOf: formatInstant(now),
      telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
    },
  };
}

/** What decides whether a datacenter is expected. */
function expectedBy({ id, name, claimed, activeFromMs, activeToMs }: BoardDatacenter): unknown[] {
  return [id, name, claimed, activeFromMs, activeToMs];
}

function isActive({ claimed, activeFromMs, activeToMs }: BoardDatacenter, ms: number): boolean {
  return claimed && activeFromMs !== null && ms >= activeFromMs && (activeToMs === null || ms < activeToMs);
}

function countStates(states: readonly VerdictState[]): CompactBoardJson["counts"] {
  const counts: CompactBoardJson["counts"] = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function datacenterNow(
  { id, name, lastSeenAt, versions, backlog }: BoardDatacenter,
  board: readonly BoardTypeNow[],
  { watermarks }: BoardMemory,
  { nowMs }: BoardMoment,
  volumes: Awaited<ReturnType<typeof loadBoardVolumes>>,
): CompactBoardJson["datacenters"][number] {
  let lowest = Number.POSITIVE_INFINITY;
  const marks = watermarks.get(id);
  for (const { id: type, expected } of board) {
    if (marks && expected.some((each) => each.id === id)) lowest = Math.min(lowest, marks.get(type) ?? lowest);
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

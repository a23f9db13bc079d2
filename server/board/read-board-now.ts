import type { CompactBoardJson } from "#domain/api/board.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Context } from "#server/access/index.ts";
import { readLastIngest, telemetryAgeSeconds } from "#server/verdicts/index.ts";
import { allEnded } from "./all-ended.ts";
import { BoardMemory, stripHours } from "./board-memory.ts";
import { type BoardTypeNow, boardRow } from "./board-row.ts";
import { loadBoardAlerts } from "./load-board-alerts.ts";
import { type BoardDatacenter, loadBoardDatacenters } from "./load-board-datacenters.ts";
import { type BoardLags, lagsNow, loadBoardLags } from "./load-board-lags.ts";
import { loadBoardVolumes } from "./load-board-volumes.ts";
import { findNextBreach } from "./next-breach.ts";

/** A board before serialisation in either form. */
export interface BoardNow {
  /** Greatest risk first. */
  ranked: readonly Pick<BoardTypeNow, "row" | "settled" | "lanes" | "remembered">[];
  /** Start of the strips' first hour. */
  since: Date;
  shared: Omit<CompactBoardJson, "items" | "nextCursor">;
}

/** The whole board as committed at the request: cached data plus what was written since. */
export async function readBoardNow(ctx: Context): Promise<BoardNow> {
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const nowMs = now.getTime();
  const current = hourOf(now);
  const since = addHours(current, 1 - stripHours);
  const memory = BoardMemory.of(ctx.database);
  const [datacenters, alerts, volumes, lags, { lastIngestAt }] = await allEnded([
    loadBoardDatacenters(sql, now),
    loadBoardAlerts(sql, now),
    loadBoardVolumes(ctx),
    loadBoardLags(ctx.database, now),
    readLastIngest(sql, now),
    memory.refresh(sql, current),
  ]);
  memory.settleFor(JSON.stringify(datacenters.map(expectedBy)));
  const hours = Array.from({ length: stripHours }, (_, index) => addHours(since, index).getTime());
  const moment = { nowMs, clock: { now: () => now, speed: ctx.clock.speed }, hours, datacenters, alerts };
  const ranked = memory.ranking
    .map((type) => boardRow(type, memory, moment))
    .sort((a, b) => b.row.risk - a.row.risk || (a.row.eventType < b.row.eventType ? -1 : 1));
  memory.ranking = ranked.map(({ remembered }) => remembered);
  const late = ranked.filter(({ isLate }) => isLate);
  const lowest = lowestMarks(ranked);
  return {
    ranked,
    since,
    shared: {
      incidents: alerts.incidents,
      counts: countStates(ranked.map(({ row }) => row.state)),
      alertedTypes: ranked.filter(({ row }) => row.alerts.length > 0).length,
      datacenters: datacenters
        .filter((datacenter) => isActive(datacenter, current.getTime()))
        .map((datacenter) => datacenterNow(datacenter, { late, lowest, nowMs, volumes, lags })),
      lateSince: earliest(late),
      nextBreach: findNextBreach(ranked, current, now),
      asOf: formatInstant(now),
      telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
    },
  };
}

/** What decides if a datacenter is expected. */
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

/** Datacenter id → the lowest watermark in milliseconds of the types that expect it. */
function lowestMarks(board: readonly BoardTypeNow[]): ReadonlyMap<number, number> {
  const lowest = new Map<number, number>();
  for (const { settled, lanes } of board) {
    // By index, for speed: it runs for every lane.
    for (let index = 0; index < lanes.marks.length; index += 1) {
      const [id, mark] = [settled.expected[index]?.id, lanes.marks[index]];
      if (id === undefined || mark === undefined) continue;
      if (mark < (lowest.get(id) ?? Number.POSITIVE_INFINITY)) lowest.set(id, mark);
    }
  }
  return lowest;
}

interface BoardFigures {
  late: readonly BoardTypeNow[];
  lowest: ReadonlyMap<number, number>;
  nowMs: number;
  volumes: Awaited<ReturnType<typeof loadBoardVolumes>>;
  lags: BoardLags;
}

function datacenterNow(
  { id, name, lastSeenAt, versions, backlog }: BoardDatacenter,
  { late: lateTypes, lowest, nowMs, volumes, lags }: BoardFigures,
): CompactBoardJson["datacenters"][number] {
  const mark = lowest.get(id);
  const late = lateTypes.filter(({ settled }) => settled.holdingUp.includes(name));
  const lagSeconds = mark === undefined ? null : Math.max(0, nowMs - mark) / 1000;
  return {
    name,
    lagSeconds,
    lastSeenAt: lastSeenAt && formatInstant(lastSeenAt),
    silent: !lastSeenAt || nowMs - lastSeenAt.getTime() > silentAfterSeconds * 1000,
    lateTypes: late.length,
    lateSince: earliest(late),
    volume: volumes.get(name) ?? null,
    backlog,
    lags: lagsNow(lags, id, nowMs, lagSeconds),
    versions,
  };
}

/** The first of their missed deadlines. */
function earliest(late: readonly BoardTypeNow[]): string | null {
  const first = late.reduce((least, { deadlineMs }) => Math.min(least, deadlineMs ?? least), Number.POSITIVE_INFINITY);
  return Number.isFinite(first) ? formatInstant(new Date(first)) : null;
}

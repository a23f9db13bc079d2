import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns, stateLetterOf } from "#server/verdicts/index.ts";

/** A claimed type and its ended hours that are neither closed nor accepted. Instants in milliseconds. */
export interface BoardType {
  id: number;
  name: string;
  owner: string;
  tier: string;
  deadlineSeconds: number;
  /** Empty: every claimed datacenter active in the hour. */
  datacenters: string[];
  activeFromMs: number;
  activeToMs: number | null;
  completeThroughMs: number | null;
  openHours: number | null;
  oldestOpenMs: number | null;
}

/*
 * The board is kept in memory, and only rows written since the last refresh are read. "Since" is a transaction id, not a
 * time: the oldest transaction still running when the last refresh began. Every row version carries the id of the transaction that
 * wrote it (xmin), so a row that the refresh could not see is younger, however late its transaction commits. age() compares
 * ids across wraparound; at worst it rereads an old row, but never misses a young one.
 */
const isYoung = (row: string, horizon: string) => `age(${row}.xmin) <= age(${horizon}::text::xid)`;

const msOf = (instant: string) => `(date_part('epoch', ${instant}) * 1000)::bigint`;

/** The next refresh's starting point. Query it before anything else in this refresh. */
export async function loadBoardHorizon(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ horizon: string }>(
    "SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text AS horizon",
  );
  return (rows[0] as { horizon: string }).horizon;
}

/** Fewer than in memory means that some are no longer claimed. */
export async function countBoardTypes(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ types: number }>(
    "SELECT count(*)::int AS types FROM event_type WHERE claimed_at IS NOT NULL",
  );
  return rows[0]?.types ?? 0;
}

// Each table is filtered first, and only the matches are joined.
const youngTypes = `
  SELECT c.event_type_id FROM verdict_change c WHERE ${isYoung("c", "$2")}
  UNION ALL SELECT e.id FROM event_type e WHERE ${isYoung("e", "$2")}
  UNION ALL SELECT e.id FROM event_type e JOIN tier ON tier.name = e.tier WHERE ${isYoung("tier", "$2")}`;

/** Claimed types written since, or whose verdicts were; without a horizon, all. `hour` is the current one: it has not ended. */
export async function loadBoardTypes(sql: Sql, hour: Date, horizon: string | null): Promise<BoardType[]> {
  return sql.rows<BoardType>(
    `SELECT t.id, t.name, t.owner, t.tier, coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.datacenters,
            date_part('epoch', t.active_from) * 1000 AS "activeFromMs", date_part('epoch', t.active_to) * 1000 AS "activeToMs",
            date_part('epoch', t.complete_through) * 1000 AS "completeThroughMs",
            u.hours AS "openHours", date_part('epoch', u.oldest) * 1000 AS "oldestOpenMs"
       FROM event_type t
       JOIN tier ON tier.name = t.tier
       -- a probe of the index of unclosed hours for each of them: usually few
       CROSS JOIN LATERAL (
         SELECT min(v.hour) AS oldest, nullif(count(*), 0)::int AS hours FROM verdict v
          WHERE v.event_type_id = t.id AND v.closed_at IS NULL AND v.revision > 0 AND v.hour < $1
            -- an accepted hour is not waited for
            AND v.accepted_by_correction IS NULL
            AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)) u
      WHERE t.claimed_at IS NOT NULL ${horizon === null ? "" : `AND t.id IN (${youngTypes})`}`,
    horizon === null ? [hour] : [hour, horizon],
  );
}

/** Type id → its verdict of one hour: its state, and who has not closed it. */
export async function loadBoardHours(sql: Sql, keys: readonly HourKey[]): Promise<Map<number, BoardHour>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<BoardHour & { id: number }>(
    `SELECT v.event_type_id AS id, v.state,
            ARRAY (SELECT l.datacenter FROM lane_figures l
                    WHERE l.event_type_id = v.event_type_id AND l.hour = v.hour AND l.closed_at IS NULL
                    ORDER BY l.datacenter COLLATE "C") AS "notClosed"
       FROM ${hourKeys.from("k")}
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4`,
    keyColumns(keys),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface BoardHour {
  state: VerdictState;
  /** Datacenters. */
  notClosed: string[];
}

// The statements below return one row per group instead of per verdict, watermark or forecast: transferring 12,000 rows costs the
// driver more than the statement itself.

/** All types' verdicts of one hour: entries of the three correspond by index. */
export interface BoardHourCells {
  ms: number;
  ids: string;
  /** One letter each, as in `domain/matrix`. */
  states: string;
  /** Milliseconds from the hour's start to its closing; empty if not closed. */
  closings: string;
}

// One index probe per type: otherwise the planner reads all types' hours.
const ofTypes = `unnest($3::int[]) AS k(id)
      CROSS JOIN LATERAL (SELECT * FROM verdict WHERE event_type_id = k.id AND hour BETWEEN $2 AND $1 AND revision > 0 OFFSET 0) v`;

/** Verdicts of every hour from `since` through `hour`, of these types or all, in their stored states. */
export async function loadBoardCells(
  sql: Sql,
  { hour, since, types }: { hour: Date; since: Date; types: readonly number[] | null },
): Promise<BoardHourCells[]> {
  if (types?.length === 0) return [];
  return sql.rows<BoardHourCells>(
    `SELECT date_part('epoch', v.hour) * 1000 AS ms,
            string_agg(v.event_type_id::text, ',') AS ids,
            string_agg(${stateLetterOf("v")}, '') AS states,
            string_agg(coalesce((date_part('epoch', v.closed_at - v.hour) * 1000)::bigint::text, ''), ',') AS closings
       FROM ${types ? ofTypes : "verdict v WHERE v.hour BETWEEN $2 AND $1 AND v.revision > 0"}
      GROUP BY v.hour`,
    types ? [hour, since, types] : [hour, since],
  );
}

/** Watermarks written since, and the total number. */
export interface BoardWatermarks {
  total: number;
  watermarks: { datacenterId: number; eventTypeId: number; ms: number }[];
}

export async function loadBoardWatermarks(sql: Sql, horizon: string | null): Promise<BoardWatermarks> {
  const [row] = await sql.rows<{ total: number; watermarks: string | null }>(
    `SELECT count(*)::int AS total,
            string_agg(format('{"datacenterId":%s,"eventTypeId":%s,"ms":%s}', w.datacenter_id, w.event_type_id,
                              ${msOf("w.watermark")}), ',')
              ${horizon === null ? "" : `FILTER (WHERE ${isYoung("w", "$1")})`} AS watermarks
       FROM watermark w`,
    horizon === null ? [] : [horizon],
  );
  return { total: row?.total ?? 0, watermarks: JSON.parse(`[${row?.watermarks ?? ""}]`) };
}

/** Forecasts written since, and the total number. */
export interface BoardForecasts {
  total: number;
  /** Instants in milliseconds. */
  forecasts: {
    eventTypeId: number;
    hourMs: number;
    breachProbability: number;
    p50Ms: number;
    p90Ms: number;
    madeAtMs: number;
  }[];
}

export async function loadBoardForecasts(sql: Sql, horizon: string | null): Promise<BoardForecasts> {
  const [row] = await sql.rows<{ total: number; forecasts: string | null }>(
    `SELECT count(*)::int AS total,
            string_agg(format('{"eventTypeId":%s,"hourMs":%s,"breachProbability":%s,"p50Ms":%s,"p90Ms":%s,"madeAtMs":%s}',
                              f.event_type_id, ${msOf("f.hour")}, f.breach_probability, ${msOf("f.closes_at_p50")},
                              ${msOf("f.closes_at_p90")}, ${msOf("f.made_at")}), ',')
              ${horizon === null ? "" : `FILTER (WHERE ${isYoung("f", "$1")})`} AS forecasts
       FROM forecast f`,
    horizon === null ? [] : [horizon],
  );
  return { total: row?.total ?? 0, forecasts: JSON.parse(`[${row?.forecasts ?? ""}]`) };
}

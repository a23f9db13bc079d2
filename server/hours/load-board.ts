import { toStateCode, toStateLetter } from "#domain/matrix.ts";
import { type VerdictState, verdictStates } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, keyColumns } from "./load-facts.ts";

/** A claimed type and its hours that ended and are not closed. Instants in milliseconds. */
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
 * The board is kept in memory and only what was written since the last look is read again. "Since" is a transaction id, not a
 * time: the oldest transaction that had not ended when the last look began. Every row version carries the id of the transaction that wrote
 * it (xmin), so a row that this look could not see, whoever wrote it and however late it commits, is younger than that id. age() compares
 * ids across their wraparound; what it takes for young by mistake is read once too often, never too seldom.
 */
const isYoung = (row: string, horizon: string) =>
  `(${horizon}::text IS NULL OR age(${row}.xmin) <= age(${horizon}::text::xid))`;

/** What a later look has to read again, and how many rows there are: fewer than are remembered means that some were deleted. */
export interface BoardHorizon {
  horizon: string;
  types: number;
}

export async function loadBoardHorizon(sql: Sql): Promise<BoardHorizon> {
  const { rows } = await sql.query<BoardHorizon>(
    `SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text AS horizon,
            (SELECT count(*)::int FROM event_type WHERE claimed_at IS NOT NULL) AS types`,
  );
  return rows[0] as BoardHorizon;
}

/** The claimed types that were written since, or their verdicts; all without a horizon. `hour` is the current one: it has not ended. */
export async function loadBoardTypes(sql: Sql, hour: Date, horizon: string | null): Promise<BoardType[]> {
  const { rows } = await sql.query<BoardType>(
    `SELECT t.id, t.name, t.owner, t.tier, coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.datacenters,
            date_part('epoch', t.active_from) * 1000 AS "activeFromMs", date_part('epoch', t.active_to) * 1000 AS "activeToMs",
            date_part('epoch', t.complete_through) * 1000 AS "completeThroughMs",
            u.hours AS "openHours", date_part('epoch', u.oldest) * 1000 AS "oldestOpenMs"
       FROM event_type t
       JOIN tier ON tier.name = t.tier
       LEFT JOIN verdict_change c ON c.event_type_id = t.id
       -- a probe of the index of unclosed hours for each of them: usually few
       CROSS JOIN LATERAL (
         SELECT min(v.hour) AS oldest, nullif(count(*), 0)::int AS hours FROM verdict v
          WHERE v.event_type_id = t.id AND v.closed_at IS NULL AND v.revision > 0 AND v.hour < $1
            AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)) u
      WHERE t.claimed_at IS NOT NULL
        AND (${isYoung("t", "$2")} OR ${isYoung("tier", "$2")} OR (c.event_type_id IS NOT NULL AND ${isYoung("c", "$2")}))`,
    [hour, horizon],
  );
  return rows;
}

/** Type id → its verdict of the one hour asked for: its state, and who has not closed it. */
export async function loadBoardHours(sql: Sql, keys: readonly HourKey[]): Promise<Map<number, BoardHour>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<BoardHour & { id: number }>(
    `SELECT v.event_type_id AS id, v.state,
            ARRAY (SELECT l.datacenter FROM lane_figures l
                    WHERE l.event_type_id = v.event_type_id AND l.hour = v.hour AND l.closed_at IS NULL
                    ORDER BY l.datacenter COLLATE "C") AS "notClosed"
       FROM unnest($1::int[], $2::timestamptz[]) AS k(event_type_id, hour)
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

// The statements below answer one row a group instead of one a verdict, watermark or forecast: handing 12,000 rows over costs a
// driver more than the statement itself.

/** All types' verdicts of one hour: entries of the three belong together by their place. */
export interface BoardHourCells {
  ms: number;
  ids: string;
  /** A letter each, as `domain/matrix` writes states. */
  states: string;
  /** Milliseconds from the hour's start to its closing; nothing where not closed. */
  closings: string;
}

// Nearly all are complete: looked for first.
const states = [...verdictStates].sort((a, b) => Number(b === "complete") - Number(a === "complete"));
const stateLetter = `CASE v.state ${states.map((state) => `WHEN '${state}' THEN '${toStateLetter(toStateCode(state, false))}'`).join(" ")} END`;

// A probe by key for each type: left to itself, the planner reads the hours of all.
const ofTypes = `unnest($3::int[]) AS k(id)
      CROSS JOIN LATERAL (SELECT * FROM verdict WHERE event_type_id = k.id AND hour BETWEEN $2 AND $1 AND revision > 0 OFFSET 0) v`;

/** The verdicts of every hour from `since` up to and including `hour`, of these types or of all, in the states that were stored. */
export async function loadBoardCells(
  sql: Sql,
  { hour, since, types }: { hour: Date; since: Date; types: readonly number[] | null },
): Promise<BoardHourCells[]> {
  if (types?.length === 0) return [];
  const { rows } = await sql.query<BoardHourCells>(
    `SELECT date_part('epoch', v.hour) * 1000 AS ms,
            string_agg(v.event_type_id::text, ',') AS ids,
            string_agg(CASE WHEN v.amended THEN upper(${stateLetter}) ELSE ${stateLetter} END, '') AS states,
            string_agg(coalesce((date_part('epoch', v.closed_at - v.hour) * 1000)::bigint::text, ''), ',') AS closings
       FROM ${types ? ofTypes : "verdict v WHERE v.hour BETWEEN $2 AND $1 AND v.revision > 0"}
      GROUP BY v.hour`,
    types ? [hour, since, types] : [hour, since],
  );
  return rows;
}

/** Watermarks that were written since, and how many the datacenter has in all. */
export interface BoardWatermarks {
  datacenterId: number;
  total: number;
  types: string | null;
  /** Seconds since 1970, in the order of `types`. */
  marks: string | null;
}

export async function loadBoardWatermarks(sql: Sql, horizon: string | null): Promise<BoardWatermarks[]> {
  const { rows } = await sql.query<BoardWatermarks>(
    `SELECT w.datacenter_id AS "datacenterId", count(*)::int AS total,
            string_agg(w.event_type_id::text, ',') FILTER (WHERE ${isYoung("w", "$1")}) AS types,
            string_agg(date_part('epoch', w.watermark)::text, ',') FILTER (WHERE ${isYoung("w", "$1")}) AS marks
       FROM watermark w GROUP BY 1`,
    [horizon],
  );
  return rows;
}

/** Forecasts that were written since, and how many there are in all. Instants in milliseconds. */
export interface BoardForecasts {
  total: number;
  /** `[eventTypeId, hour, breachProbability, p50, p90, madeAt]` each. */
  forecasts: [number, number, number, number, number, number][];
}

export async function loadBoardForecasts(sql: Sql, horizon: string | null): Promise<BoardForecasts> {
  const { rows } = await sql.query<{ total: number; forecasts: string | null }>(
    `SELECT count(*)::int AS total,
            string_agg(concat_ws(',', f.event_type_id, date_part('epoch', f.hour) * 1000, f.breach_probability,
                                 date_part('epoch', f.closes_at_p50) * 1000, date_part('epoch', f.closes_at_p90) * 1000,
                                 date_part('epoch', f.made_at) * 1000), ';') FILTER (WHERE ${isYoung("f", "$1")}) AS forecasts
       FROM forecast f`,
    [horizon],
  );
  const [row] = rows;
  const each = row?.forecasts?.split(";") ?? [];
  return {
    total: row?.total ?? 0,
    forecasts: each.map((text) => text.split(",").map(Number) as BoardForecasts["forecasts"][number]),
  };
}

import { toStateCode, toStateLetter } from "#domain/matrix.ts";
import { type VerdictState, verdictStates } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { forecastColumn, type StoredForecast } from "#server/forecast/forecast-json.ts";
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
  /** Of its oldest open hour, else of the current one. */
  forecast: StoredForecast | null;
}

/** `hour` is the current one: it has not ended. */
export async function loadBoardTypes(sql: Sql, hour: Date): Promise<BoardType[]> {
  const { rows } = await sql.query<BoardType>(
    `WITH unclosed AS (
       SELECT v.event_type_id, min(v.hour) AS oldest, count(*)::int AS hours
         FROM verdict v JOIN event_type t ON t.id = v.event_type_id
        WHERE v.closed_at IS NULL AND v.revision > 0 AND v.hour < $1
          AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
        GROUP BY 1
     )
     SELECT t.id, t.name, t.owner, t.tier, coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.datacenters,
            date_part('epoch', t.active_from) * 1000 AS "activeFromMs", date_part('epoch', t.active_to) * 1000 AS "activeToMs",
            date_part('epoch', t.complete_through) * 1000 AS "completeThroughMs",
            u.hours AS "openHours", date_part('epoch', u.oldest) * 1000 AS "oldestOpenMs",
            ${forecastColumn} AS forecast
       FROM event_type t
       JOIN tier ON tier.name = t.tier
       LEFT JOIN unclosed u ON u.event_type_id = t.id
       LEFT JOIN forecast f ON f.event_type_id = t.id AND f.hour = coalesce(u.oldest, $1)
      WHERE t.claimed_at IS NOT NULL`,
    [hour],
  );
  return rows;
}

/** Type id → its verdict of the one hour asked for: its state, and who has not closed it. */
export async function loadBoardHours(sql: Sql, keys: readonly HourKey[]): Promise<Map<number, BoardHour>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<BoardHour & { id: number }>(
    `SELECT v.event_type_id AS id, v.state, v.evidence
       FROM unnest($1::int[], $2::timestamptz[]) AS k(event_type_id, hour)
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4`,
    keyColumns(keys),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface BoardHour {
  state: VerdictState;
  evidence: unknown;
}

// The two statements below answer one row a group instead of one a verdict or watermark: handing 12,000 rows over costs a
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

/** The verdicts of every hour from `since` up to and including `hour`, in the states that were stored. */
export async function loadBoardCells(sql: Sql, hour: Date, since: Date): Promise<BoardHourCells[]> {
  const { rows } = await sql.query<BoardHourCells>(
    `SELECT date_part('epoch', v.hour) * 1000 AS ms,
            string_agg(v.event_type_id::text, ',') AS ids,
            string_agg(CASE WHEN v.amended THEN upper(${stateLetter}) ELSE ${stateLetter} END, '') AS states,
            string_agg(coalesce((date_part('epoch', v.closed_at - v.hour) * 1000)::bigint::text, ''), ',') AS closings
       FROM verdict v
      WHERE v.hour BETWEEN $2 AND $1 AND v.revision > 0
      GROUP BY v.hour`,
    [hour, since],
  );
  return rows;
}

/** Datacenter id → type id → its watermark in ms. */
export async function loadBoardWatermarks(sql: Sql): Promise<Map<number, Map<number, number>>> {
  const { rows } = await sql.query<{ id: number; types: string; marks: string }>(
    `SELECT datacenter_id AS id, string_agg(event_type_id::text, ',') AS types,
            string_agg(date_part('epoch', watermark)::text, ',') AS marks
       FROM watermark GROUP BY 1`,
  );
  return new Map(
    rows.map(({ id, types, marks }) => {
      const seconds = marks.split(",");
      return [
        id,
        new Map(types.split(",").map((type, index) => [Number(type), Math.round(Number(seconds[index]) * 1000)])),
      ];
    }),
  );
}

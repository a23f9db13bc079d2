import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";

/** A claimed type, its oldest hour that ended and is not closed, and its watermarks. Instants in milliseconds. */
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
  /** Of the oldest open hour, see evidence.ts. */
  openEvidence: unknown;
  /** Of its last active hour, when that is long over. */
  lastState: VerdictState | null;
  /** Datacenter id → watermark. */
  watermarksMs: Record<string, number> | null;
}

/** $1: the current hour, $2: the first of the last 24. */
export async function loadBoardTypes(sql: Sql, hour: Date, since: Date): Promise<BoardType[]> {
  const { rows } = await sql.query<BoardType>(
    `WITH unclosed AS (
       SELECT v.event_type_id, min(v.hour) AS oldest, count(*)::int AS hours
         FROM verdict v JOIN event_type t ON t.id = v.event_type_id
        WHERE v.closed_at IS NULL AND v.revision > 0 AND v.hour < $1
          AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
        GROUP BY 1
     ), marks AS (
       SELECT event_type_id, json_object_agg(datacenter_id, (extract(epoch FROM watermark) * 1000)::bigint) AS marks
         FROM watermark GROUP BY 1
     )
     SELECT t.id, t.name, t.owner, t.tier, coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.datacenters,
            date_part('epoch', t.active_from) * 1000 AS "activeFromMs", date_part('epoch', t.active_to) * 1000 AS "activeToMs",
            date_part('epoch', t.complete_through) * 1000 AS "completeThroughMs",
            u.hours AS "openHours", date_part('epoch', u.oldest) * 1000 AS "oldestOpenMs",
            (SELECT v.evidence FROM verdict v WHERE v.event_type_id = t.id AND v.hour = u.oldest) AS "openEvidence",
            CASE WHEN t.active_to <= $2 THEN
              (SELECT v.state FROM verdict v WHERE v.event_type_id = t.id AND v.hour = t.active_to - interval '1 hour')
            END AS "lastState",
            m.marks AS "watermarksMs"
       FROM event_type t
       JOIN tier ON tier.name = t.tier
       LEFT JOIN unclosed u ON u.event_type_id = t.id
       LEFT JOIN marks m ON m.event_type_id = t.id
      WHERE t.claimed_at IS NOT NULL`,
    [hour, since],
  );
  return rows;
}

export interface BoardCell {
  state: VerdictState;
  amended: boolean;
  closingDelaySeconds: number | null;
}

/** Hour in ms → type id → its verdict, of every hour from `since` up to and including `hour`. */
export async function loadBoardCells(sql: Sql, hour: Date, since: Date): Promise<Map<number, Map<number, BoardCell>>> {
  // One row an hour instead of one a verdict: reading 12,000 rows costs a driver more than the statement itself.
  const { rows } = await sql.query<{ ms: number; ids: string; states: string; amended: string; delays: string }>(
    `SELECT date_part('epoch', v.hour) * 1000 AS ms,
            string_agg(v.event_type_id::text, ',') AS ids, string_agg(v.state, ',') AS states,
            string_agg(CASE WHEN v.amended THEN 't' ELSE 'f' END, '') AS amended,
            string_agg(coalesce((date_part('epoch', v.closed_at - v.hour) - 3600)::text, ''), ',') AS delays
       FROM verdict v
      WHERE v.hour BETWEEN $2 AND $1 AND v.revision > 0
      GROUP BY v.hour`,
    [hour, since],
  );
  return new Map(rows.map((row) => [row.ms, splitCells(row)]));
}

function splitCells(row: { ids: string; states: string; amended: string; delays: string }): Map<number, BoardCell> {
  const states = row.states.split(",") as VerdictState[];
  const delays = row.delays.split(",");
  return new Map(
    row.ids.split(",").map((id, index) => {
      const delay = delays[index];
      const cell: BoardCell = {
        state: states[index] ?? "open",
        amended: row.amended[index] === "t",
        closingDelaySeconds: delay ? Number(delay) : null,
      };
      return [Number(id), cell];
    }),
  );
}

export interface BoardDatacenter {
  id: number;
  name: string;
  claimed: boolean;
  activeFromMs: number | null;
  activeToMs: number | null;
  lastSeenAt: Date | null;
}

export async function loadBoardDatacenters(sql: Sql): Promise<BoardDatacenter[]> {
  const { rows } = await sql.query<BoardDatacenter>(
    `SELECT d.id, d.name, d.claimed_at IS NOT NULL AS claimed, date_part('epoch', d.active_from) * 1000 AS "activeFromMs",
            date_part('epoch', d.active_to) * 1000 AS "activeToMs", d.last_seen_at AS "lastSeenAt"
       FROM datacenter d ORDER BY d.name`,
  );
  return rows;
}

import { gaugeFreshForSeconds } from "#domain/explain.ts";
import { type Stage, stages } from "#domain/protocol.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** Older hours say nothing of now, and their months' partitions are not opened. */
const lookBackMs = 7 * 86_400_000;

export interface ClosedAndFinal {
  eventTypeId: number;
  closedHour: Date | null;
  /** Of the newest closed hour. */
  closingDelaySeconds: number | null;
  finalHour: Date | null;
  /** Of the newest final hour whose produced counts are known. */
  completeness: number | null;
  lost: number | null;
  duplicated: number | null;
}

const share = (row: string) =>
  `CASE WHEN ${row}.produced = 0 THEN 1 ELSE 1 - ${row}.lost::float8 / ${row}.produced::float8 END`;
const delay = (row: string) => `date_part('epoch', ${row}.closed_at - ${row}.hour) - 3600`;

/** What the newest hours of these types came to. */
export async function loadNewestHours(sql: Sql, ids: readonly number[], now: Date): Promise<ClosedAndFinal[]> {
  return sql.rows<ClosedAndFinal>(
    `SELECT e.id AS "eventTypeId", closed.hour AS "closedHour", closed.delay AS "closingDelaySeconds",
            final.hour AS "finalHour", final.completeness, final.lost, final.duplicated
       FROM event_type e
       LEFT JOIN LATERAL (
         SELECT v.hour, ${delay("v")} AS delay FROM verdict v
          WHERE v.event_type_id = e.id AND v.hour BETWEEN $2 AND $3 AND v.closed_at IS NOT NULL
          ORDER BY v.hour DESC LIMIT 1) closed ON true
       LEFT JOIN LATERAL (
         SELECT v.hour, ${share("v")} AS completeness, v.lost::float8 AS lost, v.duplicated::float8 AS duplicated
           FROM verdict v
          WHERE v.event_type_id = e.id AND v.hour BETWEEN $2 AND $3 AND v.settled AND v.known
          ORDER BY v.hour DESC LIMIT 1) final ON true
      WHERE e.id = ANY ($1)`,
    [ids, new Date(now.getTime() - lookBackMs), now],
  );
}

export interface LaneFigures extends Omit<ClosedAndFinal, "closedHour" | "finalHour"> {
  datacenter: string;
}

const newestRows = bulkRows({ eventTypeId: "int", closedHour: "timestamptz?", finalHour: "timestamptz?" });

/** Of the same hours by datacenter. */
export async function loadLaneFigures(sql: Sql, newest: readonly ClosedAndFinal[], now: Date): Promise<LaneFigures[]> {
  return sql.rows<LaneFigures>(
    `SELECT l.event_type_id AS "eventTypeId", l.datacenter,
            max(${delay("l")}) FILTER (WHERE l.hour = n.closed_hour) AS "closingDelaySeconds",
            max(${share("l")}) FILTER (WHERE l.hour = n.final_hour AND l.known) AS completeness,
            max(l.lost) FILTER (WHERE l.hour = n.final_hour AND l.known)::float8 AS lost,
            max(l.duplicated) FILTER (WHERE l.hour = n.final_hour AND l.known)::float8 AS duplicated
       FROM ${newestRows.from("n")}
       JOIN lane_figures l ON l.event_type_id = n.event_type_id AND l.hour IN (n.closed_hour, n.final_hour)
      WHERE l.hour BETWEEN $4 AND $5
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [...newestRows.values(newest), new Date(now.getTime() - lookBackMs), now],
  );
}

export interface LaneBacklog {
  eventTypeId: number;
  datacenter: string;
  stage: Stage;
  oldestAgeSeconds: number;
  messages: number | null;
}

/** Current gauges that name a datacenter. */
export async function loadLaneBacklogs(sql: Sql, ids: readonly number[], now: Date): Promise<LaneBacklog[]> {
  const { rows } = await sql.query<Omit<LaneBacklog, "stage"> & { stage: number }>(
    `SELECT b.event_type_id AS "eventTypeId", d.name AS datacenter, b.stage, b.oldest_age_seconds AS "oldestAgeSeconds",
            b.messages::float8 AS messages
       FROM backlog b JOIN datacenter d ON d.id = b.datacenter_id
      WHERE b.event_type_id = ANY ($1) AND b.observed_at >= $2
      ORDER BY b.event_type_id, d.name, b.stage`,
    [ids, new Date(now.getTime() - gaugeFreshForSeconds * 1000)],
  );
  return rows.map((row) => ({ ...row, stage: stages[row.stage - 1] as Stage }));
}

import { bulkRows, type RowOf, spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";

export const laneHourKeys = bulkRows({ eventTypeId: "int", hour: "timestamptz", datacenterId: "int" });
export type LaneHourKey = RowOf<typeof laneHourKeys>;

/** $1 to $5 of a statement about these keys: the last two are the span of their hours. */
export function laneHourColumns(keys: readonly LaneHourKey[]): unknown[] {
  return [...laneHourKeys.values(keys), ...spanOf(keys.map((key) => key.hour))];
}

/** How long an hour's reports count towards who is expected. */
const expectedWithin = "interval '24 hours'";

/** The UTC day of an hour, and its bit in `reporter_hours.hours`, as SQL. */
export const dayOf = (hour: string) => `(${hour} AT TIME ZONE 'UTC')::date`;
export const bitOf = (hour: string) => `(1 << extract(hour FROM ${hour} AT TIME ZONE 'UTC')::int)`;

/**
 * From hours (event_type_id, hour) of types that expect their reporters, the hours whose expectations depend on them, including any
 * that may be created meanwhile: later ones are judged when created.
 */
export const laterHoursOf = (hours: string) => `
  SELECT DISTINCT f.event_type_id, later AS hour
    FROM (SELECT DISTINCT event_type_id, hour FROM ${hours}) f
    JOIN event_type t ON t.id = f.event_type_id,
         generate_series(f.hour + interval '1 hour',
                         least(f.hour + ${expectedWithin}, t.hours_through + interval '1 hour'), interval '1 hour') later`;

const producedWhere = (condition: string) => `
  SELECT DISTINCT event_type_id, hour, datacenter_id, reporter_id
    FROM (SELECT r.event_type_id, r.hour, r.datacenter_id, r.reporter_id FROM report r WHERE r.stage = 1 AND ${condition}
           UNION ALL
          SELECT r.event_type_id, r.hour, r.datacenter_id, u.reporter_id
            FROM report_packed r, unnest(r.stages, r.reporter_ids) AS u(stage, reporter_id)
           WHERE u.stage = 1 AND ${condition}) counted`;

/**
 * Records who reported produced counts of types that begin to expect their reporters; later batches record it during ingest.
 * The caller has set `expect_reporters` in this transaction and holds the types' row locks, so no judge takes their marks.
 * Takes the ingest gate after the long part and holds it until the transaction ends.
 */
export async function rememberReporters(tx: Sql, eventTypeIds: readonly number[]): Promise<void> {
  if (eventTypeIds.length === 0) return;
  await tx.query("DELETE FROM reporter_hours WHERE event_type_id = ANY ($1)", [eventTypeIds]);
  await tx.query(
    `INSERT INTO reporter_hours (event_type_id, datacenter_id, day, reporter_id, hours)
     SELECT event_type_id, datacenter_id, ${dayOf("hour")}, reporter_id, bit_or(${bitOf("hour")})
       FROM (${producedWhere("r.event_type_id = ANY ($1)")}) produced
      GROUP BY 1, 2, 3, 4`,
    [eventTypeIds],
  );
  await lockIngestGate(tx);
  // Commits during the statement above left their marks.
  const { rows } = await tx.query<LaneHourKey>(
    `SELECT DISTINCT m.event_type_id AS "eventTypeId", m.hour, d.id AS "datacenterId"
       FROM dirty_hour m, datacenter d WHERE m.event_type_id = ANY ($1)`,
    [eventTypeIds],
  );
  await recountReporterHours(tx, rows);
}

/**
 * Rebuilds the reporter hours of these hours from their reports, for types that expect their reporters, and marks the
 * hours that depend on them. The caller holds the ingest gate exclusively.
 */
export async function recountReporterHours(tx: Sql, keys: readonly LaneHourKey[]): Promise<void> {
  if (keys.length === 0) return;
  const types = [...new Set(keys.map((key) => key.eventTypeId))];
  const { rowCount } = await tx.query("SELECT FROM event_type WHERE id = ANY ($1) AND expect_reporters", [types]);
  if (rowCount === 0) return;
  await tx.query(
    // $4 and $5 bound the hours so that the planner prunes other months' partitions.
    `WITH key AS (
       SELECT DISTINCT k.* FROM ${laneHourKeys.from("k")}
         JOIN event_type t ON t.id = k.event_type_id AND t.expect_reporters
     ), looked_at AS (
       SELECT event_type_id, datacenter_id, ${dayOf("hour")} AS day, bit_or(${bitOf("hour")}) AS bits FROM key GROUP BY 1, 2, 3
     ), found AS (
       SELECT event_type_id, datacenter_id, ${dayOf("hour")} AS day, reporter_id, bit_or(${bitOf("hour")}) AS bits
         FROM (${producedWhere("r.hour BETWEEN $4 AND $5 AND (r.event_type_id, r.hour, r.datacenter_id) IN (TABLE key)")}) produced GROUP BY 1, 2, 3, 4
     ), known AS (
       SELECT o.*, o.hours & ~l.bits AS others
         FROM looked_at l JOIN reporter_hours o USING (event_type_id, datacenter_id, day)
     ), marked AS (
       INSERT INTO dirty_hour (event_type_id, hour) ${laterHoursOf("key")}
     )
     INSERT INTO reporter_hours (event_type_id, datacenter_id, day, reporter_id, hours)
     SELECT event_type_id, datacenter_id, day, reporter_id, coalesce(k.others, 0) | coalesce(f.bits, 0)
       FROM known k FULL JOIN found f USING (event_type_id, datacenter_id, day, reporter_id)
     ON CONFLICT (event_type_id, datacenter_id, day, reporter_id) DO UPDATE SET hours = excluded.hours`,
    laneHourColumns(keys),
  );
}

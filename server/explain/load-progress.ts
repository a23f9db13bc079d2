import { decodeLanes } from "#domain/forecast.ts";
import { addHours, type Hour } from "#domain/hour.ts";
import type { DatacenterEvidence } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { lanesOf, parseLanes } from "#server/verdicts/index.ts";

/** The datacenters' data in each of the hours that have a judged verdict, oldest first. */
export async function loadHoursWithLanes(
  sql: Sql,
  eventTypeId: number,
  hours: readonly Hour[],
): Promise<{ hour: Hour; datacenters: DatacenterEvidence[] }[]> {
  const { rows } = await sql.query<{ hour: Date; lanes: unknown }>(
    `SELECT hour, ${lanesOf("v")} AS lanes FROM verdict v
      WHERE event_type_id = $1 AND hour = ANY ($2) AND hour BETWEEN $3 AND $4 AND revision > 0 ORDER BY hour`,
    [eventTypeId, hours, new Date(Math.min(...hours.map(Number))), new Date(Math.max(...hours.map(Number)))],
  );
  return rows.map(({ hour, lanes }) => ({ hour, datacenters: parseLanes(lanes) }));
}

export interface Step {
  dc: string;
  closedThrough: Date;
  closedAt: Date;
}

const stepsBeforeHours = 3;
const stepsAfterHours = 6;

/** When watermarks passed the ends of the surrounding hours, by datacenter and time. */
export async function loadSteps(sql: Sql, eventTypeId: number, hour: Hour): Promise<Step[]> {
  return sql.rows<Step>(
    `SELECT d.name AS dc, s.closed_through AS "closedThrough", greatest(s.closed_at, s.closed_through) AS "closedAt"
       FROM closing_step s JOIN datacenter d ON d.id = s.datacenter_id
      WHERE s.event_type_id = $1 AND s.closed_through BETWEEN $2 AND $3 ORDER BY d.name, s.closed_through`,
    [eventTypeId, addHours(hour, 1 - stepsBeforeHours), addHours(hour, 1 + stepsAfterHours)],
  );
}

/** Datacenter → its watermark. */
export async function loadWatermarks(sql: Sql, eventTypeId: number): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql.query<{ dc: string; watermark: Date }>(
    `SELECT d.name AS dc, w.watermark FROM watermark w JOIN datacenter d ON d.id = w.datacenter_id WHERE w.event_type_id = $1`,
    [eventTypeId],
  );
  return new Map(rows.map(({ dc, watermark }) => [dc, watermark]));
}

export interface Sample {
  dc: string;
  at: Date;
  produced: number | null;
  undelivered: number | null;
}

/** The forecast's samples of the hour while it was open. */
export async function loadSamples(sql: Sql, eventTypeId: number, hour: Hour): Promise<Sample[]> {
  const { rows } = await sql.query<{ takenAt: Date; lanes: unknown }>(
    `SELECT taken_at AS "takenAt", lanes FROM forecast_sample WHERE event_type_id = $1 AND hour = $2 ORDER BY taken_at`,
    [eventTypeId, hour],
  );
  return rows.flatMap(({ takenAt, lanes }) =>
    decodeLanes(lanes).map(({ dc, signs }) => ({
      dc,
      at: takenAt,
      produced: signs.produced,
      undelivered: signs.undelivered,
    })),
  );
}

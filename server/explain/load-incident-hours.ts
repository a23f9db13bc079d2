import { addHours } from "#domain/hour.ts";
import type { CauseKey } from "#domain/incident.ts";
import type { HourFigures } from "#domain/situation/facts.ts";
import type { Sql } from "#server/db/database.ts";
import { countsAround, type LaneCounts, loadLaneCounts } from "#server/sources/index.ts";

/** The latest of an incident's hours and lanes: more say the same. */
const mostRows = 500;

interface Row {
  dc: string;
  eventType: string;
  hour: Date;
  closedAt: Date | null;
  produced: string | null;
  published: string | null;
  delivered: string;
  skewed: string | null;
  expected: number | null;
  missing: number | null;
}

/** The affected hours' figures at the incident's datacenters, where they show its trouble. By datacenter. */
export async function loadIncidentHours(
  sql: Sql,
  incidentId: bigint,
  { trouble, datacenter }: CauseKey,
): Promise<ReadonlyMap<string, HourFigures[]>> {
  const { rows } = await sql.query<Row>(
    `WITH h AS (
       SELECT event_type_id, hour FROM incident_hour WHERE incident_id = $1 ORDER BY hour DESC, event_type_id LIMIT $3
     ), skew AS (
       SELECT l.event_type_id, l.hour, l.datacenter_id, sum(l.events) AS skewed
         FROM h JOIN lane_total l ON l.event_type_id = h.event_type_id AND l.hour = h.hour
        WHERE $4 = 'skewed' AND l.stage = 3 AND l.landed_hour <> l.hour GROUP BY 1, 2, 3
     )
     SELECT f.datacenter AS dc, t.name AS "eventType", f.hour, f.closed_at AS "closedAt", f.produced::text, f.published::text,
            f.delivered::text, skew.skewed::text, f.reporters_expected AS expected, f.reporters_missing AS missing
       FROM h
       JOIN lane_figures f ON f.event_type_id = h.event_type_id AND f.hour = h.hour AND f.datacenter = coalesce($2, f.datacenter)
       JOIN event_type t ON t.id = h.event_type_id
       LEFT JOIN skew ON skew.event_type_id = h.event_type_id AND skew.hour = h.hour AND skew.datacenter_id = f.datacenter_id
      WHERE CASE $4 WHEN 'lost' THEN f.lost > 0 WHEN 'duplicated' THEN f.duplicated > 0 WHEN 'skewed' THEN skew.skewed > 0
                    WHEN 'unreported' THEN f.reporters_missing > 0 WHEN 'unknown' THEN NOT f.known ELSE true END
      ORDER BY f.hour, f.event_type_id LIMIT $3`,
    [incidentId, datacenter, mostRows, trouble],
  );
  const counts = await loadCounts(sql, rows);
  const figures = rows.map(({ dc, expected, missing, ...row }) => ({
    dc,
    figures: {
      eventType: row.eventType,
      hour: row.hour,
      closedAt: row.closedAt,
      produced: row.produced === null ? null : Number(row.produced),
      published: row.published === null ? null : Number(row.published),
      delivered: Number(row.delivered),
      skewed: Number(row.skewed ?? 0),
      reporters: expected === null ? null : { expected, missing: missing ?? 0 },
      counted: countsAround(counts, { ...row, datacenter: dc }),
    },
  }));
  return new Map(
    [...Map.groupBy(figures, ({ dc }) => dc)].map(([dc, ofPlace]) => [dc, ofPlace.map((each) => each.figures)]),
  );
}

/** From the first of the hours to the one after the last. */
async function loadCounts(sql: Sql, rows: readonly Row[]): Promise<LaneCounts> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return new Map();
  const eventTypes = [...new Set(rows.map(({ eventType }) => eventType))];
  return loadLaneCounts(sql, { from: first.hour, to: addHours(last.hour, 1), eventTypes });
}

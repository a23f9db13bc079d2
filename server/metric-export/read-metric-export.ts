import type { Sql } from "#server/db/database.ts";

/** Ages in real seconds. */
export interface MetricExportState {
  project: string;
  /** Since points were last written; null: never. */
  lastWriteAgeSeconds: number | null;
  /** Of the last turn. */
  series: number;
  eventTypesLeftOut: number;
  pointsWritten: number;
  pointsNotWritten: number;
  error: string | null;
  failingSeconds: number | null;
}

/** null stays null, which greatest() would not let be; a worker's clock may be ahead of the database's. */
const ageOf = (column: string) =>
  `CASE WHEN ${column} IS NOT NULL THEN greatest(0, extract(epoch FROM clock_timestamp() - ${column}))::float8 END`;

/** null: metrics are not exported. */
export async function readMetricExport(sql: Sql, project: string | null): Promise<MetricExportState | null> {
  if (project === null) return null;
  const { rows } = await sql.query<MetricExportState>(
    `SELECT project, series, event_types_left_out AS "eventTypesLeftOut",
            points_written::float8 AS "pointsWritten", points_not_written::float8 AS "pointsNotWritten", error,
            ${ageOf("written_at")} AS "lastWriteAgeSeconds", ${ageOf("failing_since")} AS "failingSeconds"
       FROM metric_export WHERE project = $1`,
    [project],
  );
  const none = { lastWriteAgeSeconds: null, error: null, failingSeconds: null };
  return rows[0] ?? { project, ...none, series: 0, eventTypesLeftOut: 0, pointsWritten: 0, pointsNotWritten: 0 };
}

import type { Sql } from "#server/db/database.ts";

export interface WriteResult {
  project: string;
  /** The claimed point. */
  at: Date;
  series: number;
  written: number;
  notWritten: number;
  leftOutEventTypes: number;
  /** A sentence; null: all was written. */
  error: string | null;
}

/** Totals add up; the state is that of the newest claim, also when a process that was frozen records an older one later. */
export async function recordWrite(sql: Sql, result: WriteResult): Promise<void> {
  const { project, at, series, written, notWritten, leftOutEventTypes, error } = result;
  await sql.query(
    `UPDATE metric_export
        SET points_written = points_written + $3,
            points_not_written = points_not_written + $4,
            written_at = CASE WHEN $3 > 0 THEN greatest(written_at, $2) ELSE written_at END,
            series = CASE WHEN point_at = $2 THEN $5 ELSE series END,
            event_types_left_out = CASE WHEN point_at = $2 THEN $6 ELSE event_types_left_out END,
            error = CASE WHEN point_at = $2 THEN $7 ELSE error END,
            failing_since = CASE WHEN point_at <> $2 THEN failing_since
                                 WHEN $7::text IS NULL THEN NULL ELSE coalesce(failing_since, $2) END
      WHERE project = $1`,
    [project, at, written, notWritten, series, leftOutEventTypes, error],
  );
}

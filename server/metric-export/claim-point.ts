import type { Sql } from "#server/db/database.ts";

/**
 * Claims the point of this minute for the caller; false: it was written, or another process writes it. Points of a series must be in
 * order and 10 s apart: every writer claims in this one row, so that a process that takes over writes no older point than the one before,
 * whatever their clocks say.
 */
export async function claimPoint(sql: Sql, { project, at }: { project: string; at: Date }): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO metric_export AS e (project, point_at) VALUES ($1, $2)
     ON CONFLICT (project) DO UPDATE SET point_at = excluded.point_at
       -- zero rows: it is not due
       WHERE (date_trunc('minute', excluded.point_at) > date_trunc('minute', e.point_at)
              AND excluded.point_at >= e.point_at + interval '10 s')
          -- Google accepts no point that is 5 minutes ahead: this one was claimed by a clock that was wrong, and is not there
          OR e.point_at > excluded.point_at + interval '5 min'`,
    [project, at],
  );
  return rowCount === 1;
}

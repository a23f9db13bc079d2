import type { Clock } from "#domain/clock.ts";
import type { Sql } from "#server/db/database.ts";

/** Hours that are due and not judged for so long, in real time, mean that evaluation stands still. */
const stuckAfterMinutes = 5;

/**
 * Why Tidemark cannot be relied on to page just now; null: it can. A watchdog outside is told only while it is null, so that
 * its alarm also stands for a Tidemark that runs and sees nothing.
 */
export async function findBlindness(sql: Sql, clock: Clock): Promise<string | null> {
  const { rows } = await sql.query<{ blind: boolean; stuck: boolean }>(
    `SELECT EXISTS (SELECT FROM incident WHERE state <> 'resolved' AND cause->>'code' = 'telemetry_blind') AS blind,
            -- what was just claimed is due since -infinity and takes its time
            EXISTS (SELECT FROM verdict WHERE next_due_at > '-infinity' AND next_due_at < $1) AS stuck`,
    [new Date(clock.now().getTime() - stuckAfterMinutes * 60_000 * clock.speed)],
  );
  if (rows[0]?.blind) return "Tidemark receives nothing, as an open incident says";
  return rows[0]?.stuck ? `hours that were due ${stuckAfterMinutes} minutes ago are still not judged` : null;
}

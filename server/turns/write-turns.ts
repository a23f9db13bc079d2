import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { RefusedWrites } from "#server/db/write-refusals.ts";

export interface TurnReport {
  turn: string;
  /** In real milliseconds; null: none by this process. */
  completedAgoMs: number | null;
  allowedAgeSeconds: number;
}

const turnRows = bulkRows({ turn: "text", completedAgoMs: "float8?", allowedAgeSeconds: "int" });

/** Writes the progress of a process's loops, as ages: the database computes the instants. */
export async function writeTurns(
  sql: Sql,
  { instance, turns, clockAheadMs }: { instance: string; turns: readonly TurnReport[]; clockAheadMs: number },
  refused: RefusedWrites | null = null,
): Promise<void> {
  await sql.query(
    `INSERT INTO worker_turn (turn, instance, since, completed_at, reported_at, allowed_age_seconds, clock_ahead_ms,
                              refusal, refused_seconds)
     SELECT turn, $1, clock_timestamp(), clock_timestamp() - make_interval(secs => completed_ago_ms / 1000), clock_timestamp(),
            allowed_age_seconds, $2, $3, $4
       FROM ${turnRows.from("given", 5)}
      ORDER BY turn
     ON CONFLICT (turn, instance) DO UPDATE
       SET completed_at = coalesce(excluded.completed_at, worker_turn.completed_at), reported_at = excluded.reported_at,
           allowed_age_seconds = excluded.allowed_age_seconds, clock_ahead_ms = excluded.clock_ahead_ms,
           refusal = excluded.refusal, refused_seconds = excluded.refused_seconds`,
    [
      instance,
      Math.round(Math.max(-mostMs, Math.min(mostMs, clockAheadMs))),
      refused?.reason ?? null,
      refused?.seconds ?? null,
      ...turnRows.values(turns),
    ],
  );
}

/** Column limit: 24 days. */
const mostMs = 2 ** 31 - 1;

/** Deletes rows of processes that ended long ago. */
export async function forgetTurns(sql: Sql): Promise<void> {
  await sql.query("DELETE FROM worker_turn WHERE reported_at < clock_timestamp() - interval '1 day'");
}

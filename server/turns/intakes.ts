import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** What a process says of one intake: a Pub/Sub subscription, or a Kafka topic, from which it takes events. */
export interface IntakeReport {
  name: string;
  /** In real milliseconds; null: it is heard. */
  standingForMs: number | null;
  reason: string | null;
}

/** An intake, by all processes that take from it. */
export interface IntakeNow {
  name: string;
  /** Since when no process has heard it; null: one does. */
  standingSince: Date | null;
  standingSeconds: number | null;
  reason: string | null;
}

const reports = bulkRows({ name: "text", standingForMs: "float8?", reason: "text?" });

/** As ages: the database computes the instants. */
export async function writeIntakes(
  sql: Sql,
  { instance, intakes }: { instance: string; intakes: readonly IntakeReport[] },
): Promise<void> {
  if (intakes.length === 0) return;
  await sql.query(
    `INSERT INTO intake (name, instance, standing_since, reason, reported_at)
     SELECT name, $1, clock_timestamp() - make_interval(secs => standing_for_ms / 1000), reason, clock_timestamp()
       FROM ${reports.from("given", 2)}
      ORDER BY name
     ON CONFLICT (name, instance) DO UPDATE
       SET standing_since = excluded.standing_since, reason = excluded.reason, reported_at = excluded.reported_at`,
    [instance, ...reports.values(intakes)],
  );
}

/** Deletes rows of processes that ended long ago, and of intakes that are no longer in the settings. */
export async function forgetIntakes(sql: Sql): Promise<void> {
  await sql.query("DELETE FROM intake WHERE reported_at < clock_timestamp() - interval '1 day'");
}

/** Intakes that some process reports now. A process that reports nothing is found by its turns. */
export async function readIntakes(sql: Sql): Promise<IntakeNow[]> {
  return sql.rows<IntakeNow>(
    `SELECT name, since AS "standingSince", extract(epoch FROM clock_timestamp() - since)::float8 AS "standingSeconds",
            CASE WHEN since IS NOT NULL THEN reason END AS reason
       FROM (SELECT name, max(reason) AS reason,
                    -- one process that hears it is enough
                    CASE WHEN bool_and(standing_since IS NOT NULL) THEN max(standing_since) END AS since
               FROM intake
              WHERE reported_at > clock_timestamp() - interval '15 seconds'
              GROUP BY name) reported
      ORDER BY name`,
  );
}

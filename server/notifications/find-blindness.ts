import type { Clock } from "#domain/clock.ts";
import type { Sql } from "#server/db/database.ts";
import { readBehind } from "#server/turns/index.ts";

/** Lag beyond this, in real time, does not recover by itself. */
const blindAfterSeconds = 300;
const atOnce: readonly string[] = ["clock", "storage"];

/**
 * Why Tidemark cannot be relied on to page now; null: it can. The external watchdog is pinged only while this is null, so it
 * also alarms when Tidemark runs but sees nothing.
 */
export async function findBlindness(
  sql: Sql,
  { clock, pubsub }: { clock: Clock; pubsub: boolean },
): Promise<string | null> {
  const { rowCount } = await sql.query(
    "SELECT FROM incident WHERE state <> 'resolved' AND cause->>'code' = 'telemetry_blind' LIMIT 1",
  );
  if (rowCount) return "Tidemark receives nothing, as an open incident says";
  const behind = await readBehind(sql, { clock, pubsub });
  const lasting = behind.filter(({ what, ageSeconds }) => atOnce.includes(what) || ageSeconds > blindAfterSeconds);
  return lasting.length === 0 ? null : lasting.map(({ message }) => message).join(" ");
}

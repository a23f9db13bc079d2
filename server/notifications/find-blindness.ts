import type { Clock } from "#domain/clock.ts";
import type { Sql } from "#server/db/database.ts";
import { readBehind } from "#server/turns/index.ts";

/** What is behind for so long, in real time, does not catch up by itself. */
const blindAfterSeconds = 300;

/**
 * Why Tidemark cannot be relied on to page just now; null: it can. A watchdog outside is told only while it is null, so that
 * its alarm also stands for a Tidemark that runs and sees nothing.
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
  const lasting = behind.filter(({ what, ageSeconds }) => what === "clock" || ageSeconds > blindAfterSeconds);
  return lasting.length === 0 ? null : lasting.map(({ message }) => message).join(" ");
}

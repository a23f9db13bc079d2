import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "#server/db/database.ts";

/** Polls until the check returns true; fails with its last result. Generous: a slow machine is not a failure. */
export async function until(what: string, check: () => Promise<boolean | string>, seconds = 120): Promise<void> {
  const endsAtMs = performance.now() + seconds * 1000;
  let last: boolean | string = false;
  while (performance.now() < endsAtMs) {
    last = await check().catch((error: Error) => error.message);
    if (last === true) return;
    await sleep(50);
  }
  throw new Error(`Waited ${seconds} s in vain until ${what}; last: ${last}`);
}

/** Waits until a session of this database waits for a lock that another one holds. */
export async function untilBlocked(sql: Sql): Promise<void> {
  await until("a session waits for a lock", async () => {
    const { rows } = await sql.query<{ sessions: number }>(
      "SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return (rows[0]?.sessions ?? 0) > 0;
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { childEnvironment } from "#server/config.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";

let db: TestDatabase;
const started: ChildProcess[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
afterAll(() => db.drop());

async function sessionsOf(name: string): Promise<number> {
  const { rows } = await db.database.sql.query<{ sessions: number }>(
    "SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1",
    [`tidemark ${name}`],
  );
  return rows[0]?.sessions ?? 0;
}

test.each(["evaluate", "forecast", "alert", "maintain", "notify"])(
  "%s works until its parent is gone, and then ends by itself",
  async (name) => {
    const environment = childEnvironment({ DATABASE_URL: db.url, TIDEMARK_LOG_FORMAT: "json", TIDEMARK_CLOCK: null });
    const child = spawn(process.execPath, [join(import.meta.dirname, name, "main.ts")], {
      env: environment,
      stdio: ["pipe", "ignore", "inherit"],
    });
    started.push(child);
    await until(`${name} works`, async () => (await sessionsOf(name)) > 0);
    const ended = once(child, "exit");
    child.stdin?.end();
    expect(await ended).toEqual([0, null]);
    await until(`${name} left no session`, async () => (await sessionsOf(name)) === 0);
  },
);

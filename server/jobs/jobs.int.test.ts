import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#server/process/log.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";
import { addJob, removeJob } from "./add-job.ts";
import { freeDeadJobs } from "./job-life.ts";
import { runJobs } from "./run-jobs.ts";

const log = createLog({ name: "test", level: "error", format: "json" });
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

describe("addJob", () => {
  test("a job of a transaction that fails never was", async () => {
    const failing = db.database.transaction(async (tx) => {
      await addJob(tx, { task: "nothing", payload: {}, key: "rolled-back" });
      throw new Error("planted");
    });
    await expect(failing).rejects.toThrow("planted");
    expect(await waiting("rolled-back")).toEqual([]);
  });

  test("one job waits under a key: the newer replaces it, and keepsRunAt never puts it off", async () => {
    const early = new Date("2030-01-01T00:00:00Z");
    const late = new Date("2031-01-01T00:00:00Z");
    await addJob(db.database.sql, { task: "nothing", payload: { n: 1 }, key: "one", runAt: early });
    await addJob(db.database.sql, { task: "nothing", payload: { n: 2 }, key: "one", runAt: late, keepsRunAt: true });
    expect(await waiting("one")).toEqual([{ payload: { n: 2 }, run_at: early }]);
    await addJob(db.database.sql, { task: "nothing", payload: { n: 3 }, key: "one", runAt: late });
    expect(await waiting("one")).toEqual([{ payload: { n: 3 }, run_at: late }]);
    await removeJob(db.database.sql, "one");
    expect(await waiting("one")).toEqual([]);
  });
});

describe("runJobs", () => {
  test("runs a job at once when its transaction commits, and ends when told", async () => {
    const stopping = new AbortController();
    const ran: number[] = [];
    let addedAtMs = 0;
    const tasks = { echo: () => void ran.push(performance.now() - addedAtMs) };
    const running = runJobs({ url: db.url, tasks, concurrency: 2, log, signal: stopping.signal, pollMs: 60_000 });
    await until("somebody listens", async () => {
      const { rowCount } = await db.database.sql.query("SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%jobs%'");
      return (rowCount ?? 0) > 0;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    addedAtMs = performance.now();
    await db.database.transaction((tx) => addJob(tx, { task: "echo", payload: {} }));
    await until("it ran", async () => ran.length === 1, 10);
    // Without the notification it would have waited for the poll, a minute.
    expect(ran[0]).toBeLessThan(5_000);
    stopping.abort();
    await running;
  });
});

describe("freeDeadJobs", () => {
  test("frees the jobs of a pool that died, and leaves those of one that lives", async () => {
    await addJob(db.database.sql, { task: "slow", payload: {}, key: "dead" });
    await db.database.sql.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'pool-dead', locked_at = now() - interval '3 s', attempts = 1
        WHERE key = 'dead'`,
    );
    const stopping = new AbortController();
    let release = () => undefined as undefined;
    let runs = 0;
    const held = new Promise<void>((resolve) => {
      release = () => void resolve();
    });
    const tasks = {
      slow: () => {
        runs += 1;
        return held;
      },
    };
    const running = runJobs({ url: db.url, tasks, concurrency: 2, log, signal: stopping.signal, pollMs: 100 });
    expect(await freeDeadJobs(db.database.sql)).toBe(1);
    await until("the freed job runs", async () => runs === 1, 20);
    await db.database.sql.query(
      "UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 h' WHERE locked_by IS NOT NULL",
    );
    expect(await freeDeadJobs(db.database.sql)).toBe(0);
    release();
    stopping.abort();
    await running;
    expect(runs).toBe(1);
    expect(await waiting("dead")).toEqual([]);
  });
});

async function waiting(key: string): Promise<unknown[]> {
  const { rows } = await db.database.sql.query(
    "SELECT payload, run_at FROM graphile_worker._private_jobs WHERE key = $1",
    [key],
  );
  return rows;
}

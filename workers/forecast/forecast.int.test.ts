import { afterEach, beforeEach, expect, test } from "vitest";
import { ensurePartitions } from "#server/db/partitions.ts";
import { createLog } from "#server/process/log.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";
import { ManualClock, unwatched, workerContext } from "#test/worker-context.ts";
import { forecast } from "./loop.ts";

const log = createLog({ name: "forecast", level: "error", format: "json" });
const clock = new ManualClock("2026-11-20T12:20:00Z");
let test0: TestDatabase;

beforeEach(async () => {
  test0 = await createTestDatabase();
  const claim = { datacenters: ["lon"], eventTypes: ["EndSong"], activeFrom: "2026-11-18T00:00:00Z" };
  await claimForTest(test0.database.sql, claim);
  await ensurePartitions(test0.database, [clock.now()]);
  // Two days of hours that closed after some minutes, and the last two, which have not.
  await test0.database.sql.query(
    `INSERT INTO verdict (event_type_id, hour, state, revision, closed_at, deadline_at)
     SELECT 1, h, 'closing', 1, c.closed_at, h + interval '2 hours'
       FROM generate_series('2026-11-18T00:00Z'::timestamptz, '2026-11-20T12:00Z', '1 hour') h
      CROSS JOIN LATERAL (SELECT CASE WHEN h < '2026-11-20T11:00Z'
                                      THEN h + make_interval(mins => 62 + date_part('hour', h)::int) END AS closed_at) c`,
  );
  await test0.database.sql.query(
    `INSERT INTO verdict_lane (event_type_id, hour, datacenter_id, closed_at, known, produced, published, delivered)
     SELECT v.event_type_id, v.hour, d.id, v.closed_at, true, 10, 10, 10 FROM verdict v CROSS JOIN datacenter d`,
  );
});
afterEach(() => test0.drop());

test("learns and forecasts; a second one waits for its turn and takes over at once", async () => {
  const first = start("first");
  await until("two hours have forecasts", async () => (await hoursForecast()) === 2);
  const second = start("second");
  await until("the second looked three times", async () => second.rounds() >= 3);
  expect(await holder()).toBe("first");
  await first.stop();
  await until("the second took over", async () => (await holder()) === "second");
  await second.stop();
  expect(await holder()).toBeNull();
});

test("a failure is no end: it goes on when the table is back", async () => {
  await test0.database.sql.query("ALTER TABLE forecast RENAME TO forecast_away");
  const worker = start("first", "silent");
  await until("it failed", async () => worker.failures() > 0);
  await test0.database.sql.query("ALTER TABLE forecast_away RENAME TO forecast");
  await until("two hours have forecasts", async () => (await hoursForecast()) === 2);
  await worker.stop();
});

test("an hour that closes meanwhile is forgotten at the next round", async () => {
  const worker = start("first");
  await until("two hours have forecasts", async () => (await hoursForecast()) === 2);
  await test0.database.sql.query("UPDATE verdict SET closed_at = '2026-11-20T12:19Z' WHERE hour = '2026-11-20T11:00Z'");
  await until("one hour has a forecast", async () => (await hoursForecast()) === 1);
  await worker.stop();
});

function start(instance: string, level?: "silent") {
  const stopping = new AbortController();
  let rounds = 0;
  let failures = 0;
  const fail = () => {
    failures += 1;
  };
  const running = forecast({
    ctx: workerContext(test0.database, clock),
    instance,
    log: level ? ({ ...log, error: fail } as typeof log) : log,
    signal: stopping.signal,
    turns: unwatched.turns,
    loadCatchUps: async () => [],
    awaitWork: async () => {
      rounds++;
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  const stop = async () => {
    stopping.abort();
    await running;
  };
  return { stop, rounds: () => rounds, failures: () => failures };
}

async function hoursForecast(): Promise<number> {
  const { rows } = await test0.database.sql
    .query<{ hours: number }>("SELECT count(*)::int AS hours FROM forecast")
    .catch(() => ({ rows: [] }));
  return rows[0]?.hours ?? 0;
}

async function holder(): Promise<string | null> {
  const { rows } = await test0.database.sql.query<{ holder: string }>(
    "SELECT holder FROM lease WHERE name = 'forecast'",
  );
  return rows[0]?.holder ?? null;
}

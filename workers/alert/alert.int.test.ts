import { afterEach, beforeEach, expect, test } from "vitest";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { createLog } from "#server/process/log.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";
import { ManualClock, unwatched, workerContext } from "#test/worker-context.ts";
import { alertByTime } from "./loop.ts";

const clock = new ManualClock("2026-11-20T12:20:00Z");
let opened: TestDatabase;

beforeEach(async () => {
  opened = await createTestDatabase();
  const claim = { datacenters: ["lon", "ash"], eventTypes: ["EndSong"], activeFrom: "2026-11-18T00:00:00Z" };
  await claimForTest(opened.database.sql, claim);
  const { sql } = opened.database;
  await sql.query("INSERT INTO ingest_worker (instance, last_ingest_at) VALUES ('test', $1)", [clock.now()]);
  await sql.query(
    "UPDATE datacenter SET last_seen_at = CASE name WHEN 'ash' THEN $1::timestamptz ELSE $1 - interval '20 min' END",
    [clock.now()],
  );
});
afterEach(() => opened.drop());

test("a silent datacenter is an incident; a second process waits for its turn and takes over at once", async () => {
  const first = start("first");
  await until("the incident is open", async () => (await incidents()) === 1);
  const second = start("second");
  await until("the second looked three times", async () => second.rounds() >= 3);
  expect(await holder()).toBe("first");
  await first.stop();
  await until("the second took over", async () => (await holder()) === "second");
  await second.stop();
  expect(await holder()).toBeNull();
  expect(await incidents()).toBe(1);
});

test("a failure is no end: it goes on when the table is back", async () => {
  await opened.database.sql.query("ALTER TABLE alert_transition RENAME TO away");
  const worker = start("first");
  await until("it failed", async () => worker.failures() > 0);
  expect(await incidents()).toBe(0);
  await opened.database.sql.query("ALTER TABLE away RENAME TO alert_transition");
  await until("the incident is open", async () => (await incidents()) === 1);
  await worker.stop();
});

function start(instance: string) {
  const stopping = new AbortController();
  let rounds = 0;
  let failures = 0;
  const fail = () => {
    failures += 1;
  };
  const log = createLog({ name: "alert", level: "error", format: "json" }).child({}, { level: "silent" });
  const running = alertByTime({
    ctx: workerContext(opened.database, clock),
    instance,
    log: Object.assign(log, { error: fail }),
    signal: stopping.signal,
    ...unwatched,
    listener: notifyOfIncidents,
    pause: async () => {
      rounds += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  return {
    rounds: () => rounds,
    failures: () => failures,
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

async function incidents(): Promise<number> {
  const { rows } = await opened.database.sql.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM incident WHERE cause_key = 'datacenter/lon/late'",
  );
  return rows[0]?.n ?? 0;
}

async function holder(): Promise<string | null> {
  const { rows } = await opened.database.sql.query<{ holder: string }>(
    "SELECT holder FROM lease WHERE name = 'alert-tick'",
  );
  return rows[0]?.holder ?? null;
}

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseSource } from "#domain/source.ts";
import {
  type MonitoringEmulator,
  startMonitoringEmulator,
  status,
} from "#server/adapters/monitoring-emulator/start-monitoring-emulator.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { listSourceResources, loadKnownReadings, readSource, takeCollection } from "#server/sources/index.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { cloudMonitoringCollector } from "./cloud-monitoring-collector.ts";
import type { Collector } from "./collector.ts";

const clock = new ManualClock("2026-11-22T13:20:00Z");
let db: TestDatabase;
let google: MonitoringEmulator;
let collector: Collector;
const spec = {
  cloudMonitoring: {
    project: "music",
    subscriptions: [{ match: "(?<type>\\w+)-ams", eventType: "$type", datacenter: "ams" }],
    jobs: [{ match: "(?<type>\\w+)-etl", eventType: "$type", datacenter: "ams" }],
  },
};

beforeAll(async () => {
  db = await createTestDatabase();
  google = await startMonitoringEmulator({ now: () => clock.now().getTime(), scopes: { music: ["other"] } });
  const parsed = parseSource(spec);
  if (!parsed.ok) throw new Error("invalid");
  collector = await cloudMonitoringCollector(google.host).open(parsed.spec);
});
afterAll(async () => {
  await collector.close();
  google.stop();
  await db.drop();
});
let minute = 0;
beforeEach(async () => {
  minute += 60;
  clock.set(new Date(Date.parse("2026-11-22T13:20:00Z") + minute * 60_000));
  google.forgetCalls();
  await db.database.sql.query("TRUNCATE source, backlog, watermark, component_instance CASCADE");
  await db.database.sql.query(
    "INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', $1, now(), 'test')",
    [JSON.stringify(spec)],
  );
});

const ago = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000).toISOString();
type Value = { int64Value: string } | { stringValue: string };
function put(type: string, id: string, points: readonly [minutesAgo: number, value: Value][], project = "music") {
  const isJob = type.startsWith("dataflow");
  google.put({
    metric: { type, labels: isJob ? { job_id: "2026-11-20_1" } : type.endsWith("_by_region") ? { region: "eu" } : {} },
    resource: isJob
      ? { type: "dataflow_job", labels: { project_id: project, region: "eu", job_name: id } }
      : { type: "pubsub_subscription", labels: { project_id: project, subscription_id: id } },
    points: points.map(([back, value]) => ({ interval: { endTime: ago(back) }, value })),
  });
}
const int = (value: number | string): Value => ({ int64Value: String(value) });
const age = "pubsub.googleapis.com/subscription/oldest_unacked_message_age_by_region";
const watermarkAge = "dataflow.googleapis.com/job/data_watermark_age";

async function look(signal = new AbortController().signal) {
  const ctx = workerContext(db.database, clock);
  const known = await loadKnownReadings(db.database.sql, "google");
  const parsed = parseSource(spec);
  if (!parsed.ok) throw new Error("invalid");
  const startedAt = clock.now();
  const collection = await collector.collect({ name: "google", spec: parsed.spec, known, now: startedAt, signal });
  const writer = new BatchWriter({ database: db.database, clock, instance: "test" });
  await takeCollection({ ctx, input: { source: "google", collection, startedAt }, writer });
  return collection;
}
const rows = async (statement: string) => (await db.database.sql.query(statement)).rows;
const source = () => readSource({ ctx: workerContext(db.database, clock), input: { name: "google" } });

test("a subscription and a job become backlog, watermark and heartbeat, at the points' ends and as late as Google shows them", async () => {
  put(age, "EndSong-ams", [
    [1, int(999)],
    [2, int(90)],
    [3, int(30)],
  ]);
  put(age, "EndSong-ams", [[2, int(9_000)]], "other");
  put(watermarkAge, "EndSong-etl", [
    [2, int(1)],
    [4, int(600)],
  ]);
  put("dataflow.googleapis.com/job/status", "EndSong-etl", [[1, { stringValue: "Running" }]]);
  const collection = await look();
  expect(collection.problems).toEqual([]);
  expect(await rows("SELECT oldest_age_seconds AS age, observed_at AS at FROM backlog")).toEqual([
    { age: 90, at: new Date(ago(2)) },
  ]);
  const [mark] = await rows("SELECT watermark FROM watermark");
  expect(mark?.watermark).toEqual(new Date(Date.parse(ago(4)) - 600_000));
  expect(await rows("SELECT component, instance FROM component_instance")).toEqual([
    { component: "EndSong-etl", instance: "2026-11-20_1" },
  ]);
  const { items } = await listSourceResources({
    ctx: workerContext(db.database, clock),
    input: { name: "google", after: null, limit: 10 },
  });
  expect(items).toMatchObject([
    { kind: "job", id: "EndSong-etl" },
    {
      kind: "subscription",
      id: "EndSong-ams",
      readings: [{ metric: "oldest_unacked_message_age", delaySeconds: 120 }],
    },
  ]);
});

test("a look takes one call a metric, and a second one at the same minute makes no facts", async () => {
  put(age, "EndSong-ams", [[2, int(90)]]);
  expect((await look()).events.length).toBe(1);
  const calls = google.calls();
  expect([calls.length, new Set(calls.map(({ filter }) => filter)).size]).toEqual([12, 12]);
  expect((await look()).events).toEqual([]);
});

test("two sources of a project ask Google once a minute between them, and each maps its own of the answer", async () => {
  put(age, "EndSong-ams", [[2, int(90)]]);
  const kind = cloudMonitoringCollector(google.host);
  const [ams, lon] = ["ams", "lon"].map((datacenter) =>
    parseSource({
      cloudMonitoring: {
        project: "music",
        subscriptions: [{ match: "(?<type>\\w+)-ams", eventType: "$type", datacenter }],
        jobs: [{ match: "(?<type>\\w+)-etl", eventType: "$type", datacenter }],
      },
    }),
  );
  if (!ams?.ok || !lon?.ok) throw new Error("invalid");
  const readers = [await kind.open(ams.spec), await kind.open(lon.spec)];
  const lookBoth = async (seconds: number) => {
    const calls: (number | undefined)[] = [];
    const dcs: unknown[] = [];
    for (const [index, reader] of readers.entries()) {
      const now = new Date(clock.now().getTime() + (seconds + index * 20) * 1000);
      const made = await reader.collect({
        name: "x",
        spec: ams.spec,
        known: new Map(),
        now,
        signal: AbortSignal.timeout(60_000),
      });
      calls.push(made.calls);
      dcs.push(...made.events.map(({ data }) => data.dc));
    }
    return { calls, dcs };
  };
  expect(await lookBoth(0)).toEqual({ calls: [12, 0], dcs: ["ams", "lon"] });
  expect(google.calls()).toHaveLength(12);
  expect((await lookBoth(60)).calls).toEqual([12, 0]);
  await readers[1]?.close();
  google.forgetCalls();
  expect(
    (
      await readers[0]?.collect({
        name: "x",
        spec: ams.spec,
        known: new Map(),
        now: clock.now(),
        signal: AbortSignal.timeout(60_000),
      })
    )?.calls,
  ).toBe(12);
  await readers[0]?.close();
});

test("Google's partial answers and a metric that cannot be read are problems, and the rest is taken", async () => {
  put(age, "EndSong-ams", [[2, int(90)]]);
  google.fail({
    method: "listTimeSeries",
    executionErrors: [{ code: status.UNAVAILABLE, message: "A region is down" }],
  });
  expect((await look()).problems).toEqual([expect.stringContaining("may be incomplete: A region is down")]);
  google.fail({ method: "listTimeSeries", code: status.INTERNAL, message: "Sorry" });
  const { problems } = await look();
  expect(problems).toEqual([expect.stringContaining("could not be read")]);
  expect((await source()).state).toBe("working");
});

test("a quota that is used up for a moment is waited for", async () => {
  put(age, "EndSong-ams", [[2, int(90)]]);
  google.fail({ method: "listTimeSeries", code: status.RESOURCE_EXHAUSTED, message: "Quota exceeded", times: 3 });
  const { calls, problems } = await look();
  expect([calls, problems]).toEqual([15, []]);
});

test("without permission the failure says which role is missing", async () => {
  google.fail({ method: "listTimeSeries", code: status.PERMISSION_DENIED, message: "Permission denied.", times: 12 });
  await expect(look()).rejects.toThrow("roles/monitoring.viewer");
});

test("absurd numbers are refused and reported, and make no fact", async () => {
  put(age, "EndSong-ams", [[2, int("9223372036854775807")]]);
  put(watermarkAge, "EndSong-etl", [[4, int("-9223372036854775807")]]);
  const { problems } = await look();
  expect(problems.length).toBeGreaterThan(0);
  expect(await rows("SELECT FROM backlog")).toEqual([]);
  expect(await rows("SELECT FROM watermark")).toEqual([]);
});

// Last: the calls that are not made leave faults behind.
test("a signal that aborts ends the waiting", async () => {
  google.fail({ method: "listTimeSeries", code: status.UNAVAILABLE, message: "away", times: 100 });
  const stopping = new AbortController();
  const looking = look(stopping.signal);
  stopping.abort(new Error("stopped"));
  await expect(looking).rejects.toThrow("stopped");
});

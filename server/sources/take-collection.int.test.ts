import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Collection, SourceReading } from "#domain/source.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import {
  deleteSource,
  forgetResources,
  listSourceResources,
  loadKnownReadings,
  readSource,
  takeCollection,
} from "./index.ts";
import { recordRun } from "./record-run.ts";

let db: TestDatabase;
const clock = new ManualClock("2026-11-22T13:20:00Z");
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock.set("2026-11-22T13:20:00Z");
  await db.database.sql.query("TRUNCATE source CASCADE");
  await db.database.sql.query(
    `INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', $1, now(), 'test')`,
    [JSON.stringify({ cloudMonitoring: { project: "p-1", jobs: [{ match: "x", eventType: "A", datacenter: "d" }] } })],
  );
});

const context = () => workerContext(db.database, clock);
const etl = { kind: "subscription", id: "EndSong-ams-etl" } as const;
const lane = { eventType: "EndSong", datacenter: "ams", stage: "delivered", retentionSeconds: 604_800 } as const;
const at = (text: string) => new Date(`2026-11-22T${text}Z`);
const reading = (changed: Partial<SourceReading> = {}): SourceReading => ({
  resource: etl,
  metric: "oldest_unacked_message_age",
  value: 90,
  text: null,
  at: at("13:18:00"),
  sampledSeconds: 60,
  ...changed,
});
const backlog = (time: Date, oldestAgeSeconds: number) => ({
  type: "tidemark.backlog.v1" as const,
  id: `backlog/${time.toISOString()}`,
  time,
  data: { dc: "ams", eventType: "EndSong", stage: "delivered", oldestAgeSeconds },
});
const take = (changed: Partial<Collection> = {}) =>
  takeCollection({
    ctx: context(),
    writer: new BatchWriter({ database: db.database, clock, instance: "test" }),
    input: {
      source: "google",
      startedAt: clock.now(),
      collection: {
        events: [],
        readings: [reading()],
        resources: [
          { ...etl, lanes: [lane] },
          { kind: "job", id: "unknown", lanes: [] },
        ],
        problems: [],
        calls: 3,
        ...changed,
      },
    },
  });
const list = async (mapped?: boolean) =>
  (await listSourceResources({ ctx: context(), input: { name: "google", after: null, limit: 10, mapped } })).items;
const rows = async (statement: string) => (await db.database.sql.query(statement)).rows;

test("a collection's facts, readings and lanes are kept, with how late its points were visible", async () => {
  await take({ events: [backlog(at("13:18:00"), 90)], problems: ["One series was cut."] });
  expect(await rows(`SELECT b.oldest_age_seconds AS age, b.observed_at AS at FROM backlog b`)).toEqual([
    { age: 90, at: at("13:18:00") },
  ]);
  expect(await list(true)).toMatchObject([
    {
      ...etl,
      lanes: [lane],
      readings: [{ metric: "oldest_unacked_message_age", value: 90, delaySeconds: 120, sampledSeconds: 60 }],
    },
  ]);
  expect(await list(false)).toMatchObject([{ kind: "job", id: "unknown", lanes: [] }]);
  expect(await readSource({ ctx: context(), input: { name: "google" } })).toMatchObject({
    state: "working",
    run: { calls: 3, events: 1, mapped: 1, notMapped: 1, problems: ["One series was cut."], error: null },
  });
});

test("a point that comes again changes nothing, and its counts are added once", async () => {
  const dead = (minute: string, count: number) =>
    reading({
      metric: "dead_letter_message_count",
      value: count,
      at: at(minute),
      counts: [{ hour: at("13:00:00") as never, count }],
    });
  await take({ readings: [reading(), dead("13:18:00", 2)] });
  clock.set("2026-11-22T13:21:00Z");
  await take({ readings: [reading(), dead("13:18:00", 2)] });
  await take({ readings: [reading({ at: at("13:17:00"), value: 5 }), dead("13:19:00", 3)] });
  const [resource] = await list(true);
  expect(resource?.readings).toMatchObject([
    { metric: "dead_letter_message_count", value: 3, seenAt: "2026-11-22T13:21:00.000Z", delaySeconds: 120 },
    { metric: "oldest_unacked_message_age", value: 90, seenAt: "2026-11-22T13:20:00.000Z", delaySeconds: 120 },
  ]);
  expect(await rows("SELECT hour, count FROM source_count")).toEqual([{ hour: at("13:00:00"), count: 5n }]);
  expect((await loadKnownReadings(db.database.sql, "google")).size).toBe(2);
});

test("what is refused is a problem of the source, and the rest is taken", async () => {
  const ahead = {
    type: "tidemark.watermark.v1" as const,
    id: "watermark/1",
    time: at("13:18:00"),
    data: { dc: "ams", marks: [{ eventType: "EndSong", watermark: "9999-01-01T00:00:00Z" }] },
  };
  await take({ events: [ahead, backlog(at("13:19:00"), 7), backlog(at("13:19:30"), -1)] });
  expect(await rows("SELECT oldest_age_seconds AS age FROM backlog")).toEqual([{ age: 7 }]);
  expect(await rows("SELECT * FROM watermark")).toEqual([]);
  const { run } = await readSource({ ctx: context(), input: { name: "google" } });
  expect(run?.problems).toEqual([
    expect.stringContaining("A watermark cannot be ahead of the moment it was observed"),
    expect.stringContaining("/data/oldestAgeSeconds"),
  ]);
});

test("lanes follow the mapping, and those of a resource that was not seen stay", async () => {
  await take();
  await take({ resources: [{ ...etl, lanes: [{ ...lane, eventType: "AdClick" }] }] });
  expect((await list(true)).flatMap(({ lanes }) => lanes.map(({ eventType }) => eventType))).toEqual(["AdClick"]);
  await take({ resources: [], readings: [] });
  expect((await list(true)).length).toBe(1);
});

test("a failure keeps what was collected before, and since when it lasts", async () => {
  await take();
  const fail = (minute: string) =>
    recordRun(db.database.sql, {
      source: "google",
      startedAt: at(minute),
      endedAt: at(minute),
      error: "No permission.",
      problems: [],
      counts: null,
    });
  await fail("13:21:00");
  await fail("13:22:00");
  const { state, run } = await readSource({ ctx: context(), input: { name: "google" } });
  expect({ state, ...run }).toMatchObject({
    state: "failing",
    error: "No permission.",
    failingSince: "2026-11-22T13:21:00.000Z",
    succeededAt: "2026-11-22T13:20:00.000Z",
    mapped: 1,
  });
  await take();
  expect(await readSource({ ctx: context(), input: { name: "google" } })).toMatchObject({
    state: "working",
    run: { failingSince: null, error: null },
  });
});

test("nothing is kept of a source that was deleted meanwhile", async () => {
  await deleteSource({ ctx: context(), input: { name: "google" } });
  await take({ events: [backlog(at("13:19:30"), 7)] });
  expect(await rows("SELECT * FROM source_resource")).toEqual([]);
  expect(await rows("SELECT * FROM source_run")).toEqual([]);
});

test("resources that are gone are forgotten, and counts of old hours", async () => {
  await take();
  await forgetResources(db.database.sql, { seen: at("13:20:00"), hour: at("13:00:00") });
  expect((await list()).length).toBe(2);
  await forgetResources(db.database.sql, { seen: at("13:20:01"), hour: at("13:00:00") });
  expect(await list()).toEqual([]);
});

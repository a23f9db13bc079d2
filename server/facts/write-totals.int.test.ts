import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addHours } from "#domain/hour.ts";
import type { Message } from "#domain/protocol.ts";
import { openDatabase } from "#server/db/database.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { until } from "#test/until.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { findWrongTotals } from "#test/wrong-totals.ts";
import { BatchWriter } from "./batch-writer.ts";
import { recountTotals } from "./recount-totals.ts";

const from = new Date("2026-11-01T00:00:00Z");
const all = { from, to: addHours(from, 24) };
const clock = new ManualClock("2026-11-01T06:30:00Z");
const highest = Number.MAX_SAFE_INTEGER;
let scratch: TestDatabase;

beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());
beforeEach(empty);

const hour = fc.integer({ min: 0, max: 1 }).map((offset) => addHours(from, offset));
const counters = fc.record({
  kind: fc.constant("counters" as const),
  source: fc.constant("/test"),
  id: fc.uuid(),
  time: fc.constant(clock.now()),
  dc: fc.constantFrom("lon", "sjc"),
  stage: fc.constantFrom("produced" as const, "published" as const, "delivered" as const),
  reporter: fc.constantFrom("r1", "r2", "r3"),
  epoch: fc.constantFrom(0, 1, 2, highest),
  final: fc.constant(false),
  reports: fc.array(
    fc.record({
      eventType: fc.constantFrom("A", "B"),
      hour,
      landedHour: hour,
      events: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(highest - 1, highest)),
      bytes: fc.option(fc.integer({ min: 0, max: 9 })),
      malformed: fc.constant(null),
    }),
    { maxLength: 6 },
  ),
});
const traffic = fc.array(counters, { maxLength: 40 });

test("whatever writers side by side bring, and in any order, a total is the sum of its reports", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, fc.integer({ min: 1, max: 60 }), async (messages, maxWeight) => {
      await empty();
      await Promise.all(
        [0, 1, 2, 3].map(async (lane) => {
          const writer = newWriter(`lane-${lane}`, maxWeight);
          const turned = [...messages.slice(lane * 7), ...messages.slice(0, lane * 7)];
          // Some together, some one after the other.
          for (let index = 0; index < turned.length; index += lane + 1) {
            const together = turned.slice(index, index + lane + 1);
            await Promise.all(together.map((message) => writer.write({ messages: [message], rejected: [] })));
          }
        }),
      );
      expect(await findWrongTotals(scratch.database.sql, all)).toEqual([]);
      expect(await readTotals()).toEqual(await sumReports());
    }),
    { numRuns: 30 },
  );
});

test("packing leaves totals alone, and so does unpacking", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, traffic, async (before, after) => {
      await empty();
      const writer = newWriter("one");
      for (const message of before) await writer.write({ messages: [message], rejected: [] });
      await judgeAndPack();
      expect(await findWrongTotals(scratch.database.sql, all)).toEqual([]);
      for (const message of [...after, ...before]) await writer.write({ messages: [message], rejected: [] });
      expect(await findWrongTotals(scratch.database.sql, all)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test("a writer that dies before its commit leaves totals as they were, and its batch can be written again", async () => {
  const count = (events: number): Message => ({
    kind: "counters",
    source: "/test",
    id: `${events}`,
    time: addHours(clock.now(), events),
    dc: "lon",
    stage: "produced",
    reporter: "r1",
    epoch: 0,
    final: false,
    reports: [{ eventType: "A", hour: from, landedHour: from, events, bytes: null, malformed: null }],
  });
  await newWriter("one").write({ messages: [count(1)], rejected: [] });
  // Held up by the statement after the totals.
  const doomed = openDatabase(scratch.url, { applicationName: "doomed" });
  const writer = new BatchWriter({ database: doomed, clock, instance: "two" });
  await scratch.database.transaction(async (tx) => {
    await tx.query("SELECT FROM datacenter WHERE name = 'lon' FOR UPDATE");
    const writing = writer.write({ messages: [count(5)], rejected: [] }).catch((error: Error) => error);
    await until("the writer waits after its totals", async () => {
      const { rowCount } = await scratch.database.sql.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'doomed' AND wait_event_type = 'Lock' AND query LIKE '%UPDATE datacenter%'`,
      );
      return rowCount === 1;
    });
    expect(await writing).toBeInstanceOf(Error);
  });
  expect(await readTotals()).toEqual([expect.objectContaining({ events: "1" })]);
  await writer.write({ messages: [count(5)], rejected: [] });
  await doomed.close();
  expect(await readTotals()).toEqual([expect.objectContaining({ events: "5" })]);
});

test("a stage that was reported as 0 has a total, one that was not has none", async () => {
  await newWriter("one").write({ messages: [reportOf("produced", 0)], rejected: [] });
  expect(await readTotals()).toEqual([expect.objectContaining({ stage: 1, events: "0" })]);
});

test("recounting makes totals of what is there, single or packed, and removes those of what is not", async () => {
  const writer = newWriter("one");
  await writer.write({ messages: [reportOf("produced", 4), reportOf("delivered", 3)], rejected: [] });
  await scratch.database.sql.query("DELETE FROM report WHERE stage = 3");
  const wrong = await findWrongTotals(scratch.database.sql, all);
  expect(wrong).toHaveLength(1);
  await scratch.database.transaction((tx) => recountTotals(tx, wrong));
  expect(await readTotals()).toEqual([expect.objectContaining({ stage: 1, events: "4" })]);
  await judgeAndPack();
  await scratch.database.sql.query("UPDATE lane_total SET events = 9");
  await scratch.database.transaction((tx) => recountTotals(tx, wrong));
  expect(await readTotals()).toEqual([expect.objectContaining({ stage: 1, events: "4" })]);
});

function reportOf(stage: "produced" | "delivered", events: number): Message {
  return {
    kind: "counters",
    source: "/test",
    id: stage,
    time: clock.now(),
    dc: "lon",
    stage,
    reporter: "r1",
    epoch: 0,
    final: false,
    reports: [{ eventType: "A", hour: from, landedHour: from, events, bytes: null, malformed: null }],
  };
}

async function empty(): Promise<void> {
  clock.set("2026-11-01T06:30:00Z");
  await scratch.database.sql.query(
    "TRUNCATE report, report_packed, lane_total, produced_hour, hour_marker, verdict, verdict_lane, verdict_revision, dirty_hour",
  );
  await claimForTest(scratch.database.sql, {
    datacenters: ["lon", "sjc"],
    eventTypes: ["A", "B"],
    activeFrom: from.toISOString(),
  });
}

function newWriter(instance: string, maxWeight = 20_000): BatchWriter {
  return new BatchWriter({ database: scratch.database, clock, instance, maxWeight });
}

/** Closes every hour, so that it is final and can be packed. */
async function judgeAndPack(): Promise<void> {
  const ctx = workerContext(scratch.database, clock);
  const marks = ["A", "B"].flatMap((eventType) =>
    [0, 1].map((offset) => ({ eventType, hour: addHours(from, offset), location: null })),
  );
  const closed = ["lon", "sjc"].map(
    (dc): Message => ({ kind: "hour-closed", source: "/test", id: dc, time: clock.now(), dc, marks }),
  );
  await newWriter("closing").write({ messages: closed, rejected: [] });
  clock.set("2026-12-20T00:00:00Z");
  await judgeAll(ctx);
  await packHours({ ctx, input: { ...all, settledBefore: addHours(clock.now(), 1) } });
  expect((await scratch.database.sql.query("SELECT FROM report")).rowCount).toBe(0);
}

async function readTotals() {
  const { rows } = await scratch.database.sql.query(
    "SELECT event_type_id, hour, datacenter_id, stage, landed_hour, events FROM lane_total ORDER BY 1, 2, 3, 4, 5",
  );
  return rows;
}

async function sumReports() {
  const { rows } = await scratch.database.sql.query(
    `SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(events) AS events
       FROM report GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  );
  return rows;
}

import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addHours } from "#domain/hour.ts";
import type { Message } from "#domain/protocol.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { arbitraryMessages } from "#test/arbitrary-messages.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { modelVerdicts } from "#test/model-verdicts.ts";
import { storedVerdicts } from "#test/stored-verdicts.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { BatchWriter } from "./batch-writer.ts";

const from = new Date("2026-11-01T00:00:00Z");
const eventTypes = ["A", "B"];
const datacenters = ["lon", "sjc"];
const clock = new ManualClock("2026-11-01T06:30:00Z");
const terms = { deadlineSeconds: 3600, settleSeconds: 900, maxLost: 0.0001, maxDuplicated: 0.0001 };
let scratch: TestDatabase;

beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());
beforeEach(empty);

const { counters, message } = arbitraryMessages({ from, datacenters, eventTypes });
const traffic = fc.array(message, { maxLength: 40 });

test("any messages in any batches, judged at any point, give the verdicts that the rules alone give", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, fc.array(fc.boolean(), { maxLength: 40 }), async (messages, judgeAfter) => {
      await empty();
      const writer = newWriter("one");
      for (const [index, message] of messages.entries()) {
        await writer.write({ messages: [message], rejected: [] });
        if (judgeAfter[index]) await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      }
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      expect(await storedVerdicts(scratch.database.sql, clock.now())).toEqual(expected(messages));
    }),
    { numRuns: 40 },
  );
});

test("writers side by side and judges side by side neither deadlock nor lose a mark", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, async (messages) => {
      await empty();
      let writing = true;
      const judges = [1, 2].map(async () => {
        while (writing) await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      });
      await Promise.all(
        [0, 1, 2].map(async (lane) => {
          const writer = newWriter(`lane-${lane}`);
          for (const message of [...messages.slice(lane), ...messages.slice(0, lane)])
            await writer.write({ messages: [message], rejected: [] });
        }),
      );
      writing = false;
      await Promise.all(judges);
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      expect(await storedVerdicts(scratch.database.sql, clock.now())).toEqual(expected(messages));
    }),
    { numRuns: 10 },
  );
});

test("reports that come after an hour was packed mean what they would have meant before", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, traffic, async (before, after) => {
      await empty();
      const writer = newWriter("one");
      for (const message of before) await writer.write({ messages: [message], rejected: [] });
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      clock.set("2026-12-20T00:00:00Z");
      await packHours({
        ctx: workerContext(scratch.database, clock),
        input: { from, to: addHours(from, 24), settledBefore: clock.now() },
      });
      for (const message of [...after, ...before]) await writer.write({ messages: [message], rejected: [] });
      clock.set("2026-11-01T06:30:00Z");
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      const now = await storedVerdicts(scratch.database.sql, clock.now());
      expect(now).toEqual(expected([...before, ...after]));
    }),
    { numRuns: 15 },
  );
});

test("the latest event time at which a reporter said it ends is kept, in whatever order and batches", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(counters, { maxLength: 20 }), fc.array(fc.boolean()), async (messages, cutAfter) => {
      await empty();
      const writer = newWriter("one");
      let waiting: Message[] = [];
      for (const [index, message] of messages.entries()) {
        waiting.push(message);
        if (!cutAfter[index]) continue;
        await writer.write({ messages: waiting, rejected: [] });
        waiting = [];
      }
      await writer.write({ messages: waiting, rejected: [] });
      const latest = new Map<string, number>();
      for (const { dc, reporter, final, time } of messages) {
        const key = `${dc} ${reporter}`;
        if (final) latest.set(key, Math.max(latest.get(key) ?? 0, time.getTime()));
      }
      const { rows } = await scratch.database.sql.query<{ key: string; at: Date }>(
        `SELECT d.name || ' ' || r.name AS key, f.final_at AS at
           FROM reporter_final f JOIN datacenter d ON d.id = f.datacenter_id JOIN reporter r ON r.id = f.reporter_id`,
      );
      expect(new Map(rows.map(({ key, at }) => [key, at.getTime()]))).toEqual(latest);
    }),
    { numRuns: 15 },
  );
});

test("packing leaves one row a datacenter and the same totals", async () => {
  const writer = newWriter("one");
  const at = new Date(from.getTime() + 61 * 60_000);
  const counted = (stage: "produced" | "delivered", reporter: string, events: number): Message => ({
    kind: "counters",
    final: false,
    source: "/test",
    id: `${stage}${reporter}`,
    time: at,
    dc: "lon",
    stage,
    reporter,
    epoch: 0,
    reports: [{ eventType: "A", hour: from, landedHour: from, events, bytes: null, malformed: null }],
  });
  const closed = datacenters.map(
    (dc): Message => ({
      kind: "watermark",
      source: "/test",
      id: dc,
      time: at,
      dc,
      marks: [{ eventType: "A", watermark: at }],
    }),
  );
  const messages = [
    counted("produced", "r1", 4),
    counted("produced", "r2", 3),
    counted("delivered", "r1", 7),
    ...closed,
  ];
  await writer.write({ messages, rejected: [] });
  await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
  clock.set("2026-12-20T00:00:00Z");
  const ctx = workerContext(scratch.database, clock);
  // Without sjc's produced count the hour is unverified, which is final.
  expect(await packHours({ ctx, input: { from, to: addHours(from, 1), settledBefore: clock.now() } })).toBe(1);
  const { rows } = await scratch.database.sql.query(
    "SELECT (SELECT array_agg(e ORDER BY e) FROM unnest(events) e) AS events FROM report_packed",
  );
  expect(rows).toEqual([{ events: ["3", "4", "7"] }]);
  const totals = await scratch.database.sql.query("SELECT stage, events FROM lane_total ORDER BY stage");
  expect(totals.rows).toEqual([
    { stage: 1, events: "7" },
    { stage: 3, events: "7" },
  ]);
  expect((await scratch.database.sql.query("SELECT FROM report")).rowCount).toBe(0);
});

test("a watermark closes no hour whose facts are dropped: its verdict would lose them too", async () => {
  clock.set("2026-11-02T02:30:00Z");
  await scratch.database.sql.query("INSERT INTO partition_month VALUES ('2026-10-02', now(), now())");
  const writer = newWriter("one");
  await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
  const at = clock.now();
  const marks = [{ eventType: "A", watermark: at }];
  const watermark: Message = { kind: "watermark", source: "/test", id: "w", time: at, dc: "lon", marks };
  await writer.write({ messages: [watermark], rejected: [] });
  const { rows } = await scratch.database.sql.query<{ hour: Date }>("SELECT hour FROM dirty_hour ORDER BY hour");
  expect(rows.map((row) => row.hour.toISOString().slice(11, 13))).toEqual(["00", "01"]);
  const old: Message = {
    kind: "hour-closed",
    source: "/test",
    id: "old",
    time: at,
    dc: "lon",
    marks: [{ eventType: "A", hour: new Date("2026-11-01T23:00:00Z"), location: null }],
  };
  expect(await writer.findFaults([old])).toMatchObject([
    [{ detail: expect.stringMatching(/^must be 2026-11-02T00 or later: the facts of older hours were dropped/) }],
  ]);
});

test("messages of more months than one may name are not put into one transaction", async () => {
  const commits: number[] = [];
  const onCommit = (entries: number) => void commits.push(entries);
  const writer = new BatchWriter({ database: scratch.database, clock, instance: "one", maxUnderWay: 1, onCommit });
  const ofMonths = (year: number, months: number): Message => ({
    kind: "hour-closed",
    source: "/test",
    id: `${year}`,
    time: clock.now(),
    dc: "lon",
    marks: Array.from({ length: months }, (_, month) => ({
      eventType: "A",
      hour: new Date(Date.UTC(year, month)),
      location: null,
    })),
  });
  const messages = [ofMonths(2024, 12), ofMonths(2023, 12), ofMonths(2022, 12), ofMonths(2021, 1), ofMonths(2024, 1)];
  await Promise.all(messages.map((message) => writer.write({ messages: [message], rejected: [] })));
  expect(commits).toEqual([3, 2]);
});

async function empty(): Promise<void> {
  clock.set("2026-11-01T06:30:00Z");
  await scratch.database.sql.query(
    `TRUNCATE report, report_packed, lane_total, produced_hour, watermark, closing_step, closing_mark, hour_marker, verdict,
              verdict_lane, verdict_revision, dirty_hour, reporter_final`,
  );
  await scratch.database.sql.query("DELETE FROM partition_month WHERE facts_dropped_at IS NOT NULL");
  await claimForTest(scratch.database.sql, { datacenters, eventTypes, activeFrom: from.toISOString() });
}

function newWriter(instance: string): BatchWriter {
  return new BatchWriter({ database: scratch.database, clock, instance });
}

function expected(messages: readonly Message[]) {
  return modelVerdicts({ messages, eventTypes, datacenters, from, now: clock.now(), terms });
}

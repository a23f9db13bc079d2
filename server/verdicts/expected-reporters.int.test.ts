import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addHours, formatHour } from "#domain/hour.ts";
import type { Message } from "#domain/protocol.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { recountTotals } from "#server/facts/recount-totals.ts";
import { rememberReporters } from "#server/facts/reporter-hours.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { modelVerdicts } from "#test/model-verdicts.ts";
import { storedVerdicts } from "#test/stored-verdicts.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { readVerdict } from "./read-verdict.ts";

// Crosses two midnights.
const from = new Date("2026-11-01T18:00:00Z");
const hours = Array.from({ length: 34 }, (_, index) => addHours(from, index));
const now = new Date(addHours(from, 33).getTime() + 30 * 60_000);
const clock = new ManualClock(now.toISOString());
const eventTypes = ["Expecting", "Explicit", "Usual"];
const datacenters = ["lon", "sjc"];
const terms = { deadlineSeconds: 3600, settleSeconds: 900, maxLost: 0.0001, maxDuplicated: 0.0001 };
let scratch: TestDatabase;

beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());
beforeEach(empty);

const place = fc.constantFrom(...datacenters.flatMap((dc) => ["r1", "r2"].map((reporter) => ({ dc, reporter }))));
/** A reporter's life: hours that it misses, and when it says that it ends. */
const life = fc.record({
  place,
  eventType: fc.constantFrom(...eventTypes),
  missed: fc.uniqueArray(fc.integer({ min: 0, max: hours.length - 1 }), { maxLength: 8 }),
  from: fc.integer({ min: 0, max: 4 }),
  events: fc.integer({ min: 0, max: 3 }),
});
const end = fc.record({ place, minute: fc.integer({ min: 0, max: hours.length * 60 }) });
const traffic = fc
  .record({
    lives: fc.array(life, { maxLength: 6 }),
    ends: fc.array(end, { maxLength: 3 }),
    closed: fc.array(fc.constantFrom(...datacenters), { maxLength: 2 }),
  })
  .chain(({ lives, ends, closed }) => {
    const messages = [...lives.flatMap(messagesOf), ...ends.map(endOf), ...closed.map(closing)];
    return fc.shuffledSubarray(messages, { minLength: messages.length, maxLength: messages.length });
  });

test("expected reporters and explicit zeros, in any order and batches, judged at any point, as the rules alone have it", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, fc.integer({ min: 12, max: 60 }), async (messages, stride) => {
      await empty();
      const writer = newWriter("one");
      for (let index = 0; index < messages.length; index += stride) {
        const together = messages.slice(index, index + stride);
        await Promise.all(together.map((message) => writer.write({ messages: [message], rejected: [] })));
        await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      }
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      expect(await storedVerdicts(scratch.database.sql, now)).toEqual(expected(messages));
    }),
    { numRuns: 12 },
  );
});

test("writers side by side and a judge lose no expectation", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, async (messages) => {
      await empty();
      let writing = true;
      const judging = (async () => {
        while (writing) await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      })();
      await Promise.all(
        [0, 1, 2].map(async (lane) => {
          const writer = newWriter(`lane-${lane}`);
          const turned = [...messages.slice(lane * 5), ...messages.slice(0, lane * 5)];
          for (let index = 0; index < turned.length; index += 10) {
            const together = turned.slice(index, index + 10);
            await Promise.all(together.map((message) => writer.write({ messages: [message], rejected: [] })));
          }
        }),
      );
      writing = false;
      await judging;
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      expect(await storedVerdicts(scratch.database.sql, now)).toEqual(expected(messages));
    }),
    { numRuns: 10 },
  );
});

test("a type that begins to expect its reporters while they report knows all of them", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, async (messages) => {
      await empty({ expecting: false });
      const writer = newWriter("one");
      const half = messages.length >> 1;
      const writing = Promise.all(
        messages.map(async (message, index) => {
          if (index > half) await new Promise((resolve) => setTimeout(resolve, index % 20));
          await writer.write({ messages: [message], rejected: [] });
        }),
      );
      await scratch.database.transaction(async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          "UPDATE event_type SET expect_reporters = true WHERE name = 'Expecting' RETURNING id",
        );
        await rememberReporters(
          tx,
          rows.map(({ id }) => id),
        );
      });
      await writing;
      // As the catalogue does.
      await scratch.database.sql.query("UPDATE verdict SET next_due_at = '-infinity'");
      await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
      expect(await storedVerdicts(scratch.database.sql, now)).toEqual(expected(messages));
    }),
    { numRuns: 10 },
  );
});

test("the hour names who is missing, with its share of what the datacenter produced in the 24 hours before", async () => {
  const lives = [
    { place: { dc: "lon", reporter: "r1" }, events: 1, missed: [30] },
    { place: { dc: "lon", reporter: "r2" }, events: 3, missed: [] },
  ].map((each) => ({ eventType: "Expecting", from: 0, ...each }));
  await newWriter("one").write({ messages: [...lives.flatMap(messagesOf), closing("lon")], rejected: [] });
  await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
  const ctx = workerContext(scratch.database, clock);
  const verdict = await readVerdict({ ctx, input: { eventType: "Expecting", hour: formatHour(addHours(from, 30)) } });
  expect(verdict.datacenters[0]).toMatchObject({ known: false, reportersExpected: 2, reportersMissing: 1 });
  expect(verdict.reasons).toContainEqual({
    code: "reporters_missing",
    datacenter: "lon",
    message: expect.stringContaining("1 of 2 expected reporters: r1 (usually 25 % of its produced events)"),
    reporters: [{ name: "r1", usualShare: 0.25 }],
  });
});

test("what is remembered follows from the reports again once some of them were removed", async () => {
  const writer = newWriter("one");
  const messages = messagesOf({
    place: { dc: "lon", reporter: "r1" },
    eventType: "Expecting",
    missed: [30],
    from: 0,
    events: 1,
  });
  await writer.write({ messages, rejected: [] });
  await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
  expect(await missingIn(30)).toBe(1);
  await scratch.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ eventTypeId: number; hour: Date; datacenterId: number }>(
      `DELETE FROM report WHERE hour BETWEEN $1 AND $2
       RETURNING event_type_id AS "eventTypeId", hour, datacenter_id AS "datacenterId"`,
      [addHours(from, 8), addHours(from, 12)],
    );
    await recountTotals(tx, rows);
  });
  await judgeAll(workerContext(scratch.database, clock), { limit: 1_000 });
  expect(await missingIn(30)).toBe(0);
});

async function missingIn(index: number): Promise<number | null | undefined> {
  const { rows } = await scratch.database.sql.query<{ missing: number | null }>(
    `SELECT l.reporters_missing AS missing FROM lane_figures l JOIN event_type t ON t.id = l.event_type_id
      WHERE t.name = 'Expecting' AND l.datacenter = 'lon' AND l.hour = $1`,
    [addHours(from, index)],
  );
  return rows[0]?.missing;
}

type Life = typeof life extends fc.Arbitrary<infer Of> ? Of : never;

function messagesOf({ place: { dc, reporter }, eventType, missed, from: first, events }: Life): Message[] {
  return hours.flatMap((hour, index): Message[] => {
    if (index < first || missed.includes(index)) return [];
    return [
      {
        kind: "counters",
        source: "/test",
        id: `${dc}${reporter}${eventType}${index}`,
        time: new Date(hour.getTime() + 59 * 60_000),
        dc,
        stage: "produced",
        reporter,
        epoch: 0,
        final: false,
        reports: [{ eventType, hour, landedHour: hour, events, bytes: null, malformed: null }],
      },
    ];
  });
}

function endOf({
  place: { dc, reporter },
  minute,
}: {
  place: { dc: string; reporter: string };
  minute: number;
}): Message {
  const time = new Date(from.getTime() + minute * 60_000);
  return {
    kind: "counters",
    source: "/test",
    id: `${dc}${reporter}${minute}`,
    time,
    dc,
    stage: "produced",
    reporter,
    epoch: 0,
    final: true,
    reports: [],
  };
}

function closing(dc: string): Message {
  const marks = eventTypes.map((eventType) => ({ eventType, watermark: now }));
  return { kind: "watermark", source: "/test", id: dc, time: now, dc, marks };
}

async function empty({ expecting = true } = {}): Promise<void> {
  await scratch.database.sql.query(
    `TRUNCATE report, report_packed, lane_total, produced_hour, watermark, closing_step, closing_mark, hour_marker, verdict,
              verdict_lane, verdict_revision, dirty_hour, reporter_final, reporter_hours`,
  );
  await claimForTest(scratch.database.sql, { datacenters, eventTypes, activeFrom: from.toISOString() });
  await scratch.database.sql.query(
    `UPDATE event_type SET expect_reporters = $1 AND name = 'Expecting', implied_zero = name <> 'Explicit'`,
    [expecting],
  );
}

function newWriter(instance: string): BatchWriter {
  return new BatchWriter({ database: scratch.database, clock, instance });
}

function expected(messages: readonly Message[]) {
  return modelVerdicts({
    messages,
    eventTypes,
    datacenters,
    from,
    now,
    terms,
    withoutImpliedZero: ["Explicit"],
    expectingReporters: ["Expecting"],
  });
}

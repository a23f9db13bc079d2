import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addHours, formatHour } from "#domain/hour.ts";
import type { Message } from "#domain/protocol.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { renewIngestView } from "#server/facts/ingest-view.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { arbitraryMessages } from "#test/arbitrary-messages.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { modelVerdicts } from "#test/model-verdicts.ts";
import { storedVerdicts } from "#test/stored-verdicts.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { findWrongTotals } from "#test/wrong-totals.ts";
import { createCorrection } from "./create-correction.ts";
import { undoCorrection } from "./undo-correction.ts";

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

const { hour, minute, message } = arbitraryMessages({ from, datacenters, eventTypes });

const discard = fc
  .record(
    {
      eventType: fc.constantFrom(...eventTypes),
      datacenter: fc.constantFrom(...datacenters),
      stage: fc.constantFrom("produced", "delivered"),
      reporter: fc.constantFrom("r1", "r2"),
      from: hour.map(formatHour),
    },
    { requiredKeys: ["eventType", "datacenter"] },
  )
  .map((scope) => ({ action: "discard-counts", reason: "wrong", ...scope }));
const reset = fc
  .record(
    {
      datacenter: fc.constantFrom(...datacenters),
      after: minute.map((at) => at.toISOString()),
      eventType: fc.constantFrom(...eventTypes),
    },
    { requiredKeys: ["datacenter", "after"] },
  )
  .map((scope) => ({ action: "reset-watermark", reason: "wrong", ...scope }));

type Step =
  | { say: Message }
  | { correct: object }
  /** The correction made so many ago, if there is one that stands. */
  | { undo: number }
  | { judge: true }
  | { pack: true };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: message.map((say) => ({ say })) },
  { weight: 2, arbitrary: fc.oneof(discard, reset).map((correct) => ({ correct })) },
  { weight: 1, arbitrary: fc.nat(3).map((undo) => ({ undo })) },
  { weight: 1, arbitrary: fc.constant({ judge: true as const }) },
  { weight: 1, arbitrary: fc.constant({ pack: true as const }) },
);

test("messages in any order, again and in any batches, with corrections in between, give what facts and corrections alone give", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 45 }),
      fc.array(fc.nat(44), { maxLength: 15 }),
      async (steps, again) => {
        await empty();
        const said: Message[] = [];
        const standing: string[] = [];
        const writer = new BatchWriter({ database: scratch.database, clock, instance: "one" });
        const tell = (messages: readonly Message[]) => writer.write({ messages, rejected: [] });
        for (const each of steps) {
          if ("say" in each) {
            said.push(each.say);
            await tell([each.say]);
          } else if ("correct" in each) {
            const made = await correct(each.correct);
            if (made !== null) standing.push(made);
          } else if ("undo" in each) {
            const [id] = standing.splice(-1 - each.undo, 1);
            if (id !== undefined) await undoCorrection({ ctx: context(), input: { id } });
          } else if ("pack" in each) {
            await pack();
          } else {
            await judgeAll(context(), { limit: 1_000 });
          }
        }
        // At-least-once: whatever was said may come again, and now finds the corrections there.
        await tell(again.flatMap((index) => said[index] ?? []));
        await judgeAll(context(), { limit: 1_000 });
        const { corrections } = await renewIngestView(scratch.database);
        expect(await storedVerdicts(scratch.database.sql, clock.now())).toEqual(expected(said, corrections));
        expect(await findWrongTotals(scratch.database.sql, { from, to: addHours(from, 24) })).toEqual([]);
        for (const id of standing) await undoCorrection({ ctx: context(), input: { id } });
        await judgeAll(context(), { limit: 1_000 });
        expect(await storedVerdicts(scratch.database.sql, clock.now())).toEqual(expected(said));
        expect(await heldRows()).toBe(0);
        expect(await findWrongTotals(scratch.database.sql, { from, to: addHours(from, 24) })).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

function context() {
  return { ...workerContext(scratch.database, clock), actor: "owner" };
}

/** null for what names nothing that is known yet. */
async function correct(body: object): Promise<string | null> {
  try {
    return (await createCorrection({ ctx: context(), input: body })).id;
  } catch (error) {
    if (error instanceof Error && error.message === "The correction was not created.") return null;
    throw error;
  }
}

async function pack(): Promise<void> {
  await judgeAll(context(), { limit: 1_000 });
  clock.set("2026-12-20T00:00:00Z");
  await packHours({ ctx: context(), input: { from, to: addHours(from, 24), settledBefore: clock.now() } });
  clock.set("2026-11-01T06:30:00Z");
}

async function empty(): Promise<void> {
  clock.set("2026-11-01T06:30:00Z");
  await scratch.database.sql.query(
    `TRUNCATE report, report_packed, lane_total, produced_hour, watermark, closing_step, closing_mark, hour_marker, verdict,
              verdict_revision, dirty_hour, correction, accepted_hour, set_aside_report, set_aside_mark, set_aside_marker`,
  );
  await scratch.database.sql.query("UPDATE datacenter SET last_seen_at = NULL");
  await renewIngestView(scratch.database);
  await claimForTest(scratch.database.sql, { datacenters, eventTypes, activeFrom: from.toISOString() });
}

function expected(messages: readonly Message[], corrections?: Parameters<typeof modelVerdicts>[0]["corrections"]) {
  return modelVerdicts({
    messages,
    eventTypes,
    datacenters,
    from,
    now: clock.now(),
    terms,
    ...(corrections && { corrections }),
  });
}

async function heldRows(): Promise<number> {
  const { rows } = await scratch.database.sql.query<{ rows: number }>(
    `SELECT ((SELECT count(*) FROM set_aside_report) + (SELECT count(*) FROM set_aside_mark)
             + (SELECT count(*) FROM set_aside_marker))::int AS rows`,
  );
  return rows[0]?.rows ?? 0;
}

import { afterEach, beforeEach, expect, test } from "vitest";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { expectedVerdicts, readFlightEvents, readJanuaryVerdicts } from "#test/flights.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { shuffled } from "#test/shuffled.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { BatchWriter } from "./batch-writer.ts";

const clock = new ManualClock("2026-11-22T12:00:00Z");
const messages = readFlightEvents().map(parsed);
let test0: TestDatabase;

beforeEach(async () => {
  test0 = await createTestDatabase();
  await claimForTest(test0.database.sql, {
    datacenters: ["northeast", "midwest", "south-atlantic", "south-central", "west"],
    eventTypes: ["ShortHaul", "MediumHaul", "LongHaul"],
    activeFrom: "2001-01-01T00:00:00Z",
    activeTo: "2001-04-01T00:00:00Z",
  });
});
afterEach(() => test0.drop());

test("a month of flights in order gives what was computed independently", async () => {
  await ingest(messages, 100);
  await judgeAll(workerContext(test0.database, clock));
  expect(await readJanuaryVerdicts(test0.database.sql)).toEqual(expectedVerdicts());
});

test("shuffled, every message twice, by three writers, judged in between: the same verdicts", async () => {
  const twice = shuffled([...messages, ...messages]);
  const third = Math.ceil(twice.length / 3);
  await Promise.all([
    ingest(twice.slice(0, third), 41),
    ingest(twice.slice(third, 2 * third), 301),
    ingest(twice.slice(2 * third), 1009).then(() => judgeAll(workerContext(test0.database, clock))),
  ]);
  await judgeAll(workerContext(test0.database, clock));
  expect(await readJanuaryVerdicts(test0.database.sql)).toEqual(expectedVerdicts());
});

async function ingest(toWrite: Message[], stride: number): Promise<void> {
  const writer = new BatchWriter({
    database: test0.database,
    clock,
    instance: `test-${stride}`,
    maxWeight: 50 * stride,
  });
  for (let start = 0; start < toWrite.length; start += 2_000) {
    await Promise.all(
      toWrite.slice(start, start + 2_000).map((message) => writer.write({ messages: [message], rejected: [] })),
    );
  }
}

function parsed(event: unknown): Message {
  const result = parseEvent(event, clock.now());
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.message;
}

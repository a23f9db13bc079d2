import { afterAll, beforeAll, expect, it } from "vitest";
import { parseEvent } from "#domain/protocol.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { ManualClock } from "#test/worker-context.ts";
import { BatchWriter } from "./batch-writer.ts";

let test: TestDatabase;
const clock = new ManualClock("2026-11-22T14:00:00Z");

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("stores rejected messages within the budget, counts the others, and commits the messages beside them", async () => {
  const writer = new BatchWriter({
    ...{ database: test.database, clock, instance: "test" },
    rejectedPerMinute: { rows: 3, bytes: 1_000 },
  });
  const rejected = (messageId: string, bytes: number) => ({
    messages: [],
    rejected: [{ source: "pubsub" as const, messageId, attributes: {}, payload: new Uint8Array(bytes), faults: [] }],
  });
  const event = {
    ...{ specversion: "1.0", id: "1", source: "/x", type: "tidemark.counters.v1", time: "2026-11-22T13:30:00Z" },
    data: {
      dc: "a",
      stage: "produced",
      reporter: "r",
      reports: [{ eventType: "A", hour: "2026-11-22T13", events: 4 }],
    },
  };
  const parsed = parseEvent(event, clock.now());
  if (!parsed.ok) throw new Error("the event is bad");
  const honest = { messages: [parsed.message], rejected: [] };
  await Promise.all(
    [rejected("1", 900), honest, rejected("2", 900), rejected("3", 50)].map((each) => writer.write(each)),
  );
  await Promise.all([rejected("4", 0), rejected("5", 0), rejected("6", 0)].map((each) => writer.write(each)));
  await writer.drain();
  const read = async (sql: string) => (await test.database.sql.query(sql)).rows;
  expect(await read("SELECT message_id AS id FROM rejected_message ORDER BY id")).toEqual([
    { id: "1" },
    { id: "3" },
    { id: "4" },
  ]);
  expect(await read("SELECT messages, rejected, unstored FROM ingest_worker")).toEqual([
    { messages: 1n, rejected: 6n, unstored: 3n },
  ]);
  expect(await read("SELECT events::int FROM report")).toEqual([{ events: 4 }]);
});

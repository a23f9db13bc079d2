import { gzipSync } from "node:zlib";
import { CloudEvent, HTTP } from "cloudevents";
import { afterAll, beforeAll, expect, it } from "vitest";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let test: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
});
afterAll(() => test.drop());

let nextId = 0;
const counters = (events: unknown, reporter = `r${nextId}`) => ({
  specversion: "1.0",
  type: "tidemark.counters.v1",
  source: "test",
  id: `e${nextId++}`,
  time: "2026-11-22T13:00:00Z",
  data: { dc: "ams", stage: "delivered", reporter, reports: [{ eventType: "EndSong", hour: "2026-11-22T12", events }] },
});
const send = (body: unknown, type: string, headers: Record<string, string> = {}, token?: string) =>
  api.call("POST", "/api/v1/events", {
    body: body instanceof Uint8Array ? body : JSON.stringify(body),
    headers: { "content-type": type, ...headers },
    ...(token ? { token } : {}),
  });
const delivered = async () => {
  const { rows } = await test.database.sql.query("SELECT coalesce(sum(events), 0)::int AS sum FROM report");
  return rows[0]?.sum as number;
};

it("one, a batch, gzip, and a content type with parameters are all committed at 202", async () => {
  const before = await delivered();
  expect((await send(counters(1), "application/cloudevents+json; charset=utf-8")).status).toBe(202);
  const batch = await send([counters(10), counters(100)], "application/cloudevents-batch+json");
  expect(await batch.json()).toEqual({ accepted: 2 });
  const packed = gzipSync(JSON.stringify([counters(1000)]));
  expect((await send(packed, "application/cloudevents-batch+json", { "content-encoding": "gzip" })).status).toBe(202);
  expect(await delivered()).toBe(before + 1111);
  expect(await (await send([], "application/cloudevents-batch+json")).json()).toEqual({ accepted: 0 });
});

it("what CloudEvents' own SDK sends, in binary and structured mode", async () => {
  const before = await delivered();
  for (const encode of [HTTP.binary, HTTP.structured]) {
    const { specversion: _, ...event } = counters(5);
    const message = encode(new CloudEvent({ ...event, source: "https://ams.example/exporter?n=7" }));
    const answer = await api.call("POST", "/api/v1/events", {
      body: message.body as string,
      headers: message.headers as Record<string, string>,
    });
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1 }]);
  }
  expect(await delivered()).toBe(before + 10);
});

it("one fault in a batch → 400 with every fault by pointer, and none of it is applied", async () => {
  const before = await delivered();
  const answer = await send(
    [counters(7), counters(-1), { ...counters(3), type: "nonsense" }],
    "application/cloudevents-batch+json",
  );
  expect(answer.status).toBe(400);
  const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
  expect(errors.map((error) => error.pointer)).toEqual(["/1/data/reports/0/events", "/2/type"]);
  expect(await delivered()).toBe(before);
});

it("a watermark of a drained pipeline → 400 that says what is wrong, and later hours stay open", async () => {
  const event = {
    ...counters(1),
    type: "tidemark.watermark.v1",
    data: { dc: "ams", marks: [{ eventType: "EndSong", watermark: "9999-12-31T23:59:59Z" }] },
  };
  const answer = await send(event, "application/cloudevents+json");
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    {
      errors: [
        {
          pointer: "/data/marks/0/watermark",
          detail: expect.stringContaining("A watermark cannot be ahead of the moment it was observed."),
        },
      ],
    },
  ]);
  expect((await test.database.sql.query("SELECT FROM closing_step")).rowCount).toBe(0);
});

it("a million faults are not all listed", async () => {
  const event = counters(1);
  const bad = { ...event, data: { ...event.data, reports: Array(60).fill({}) } };
  const answer = await send(Array(100).fill(bad), "application/cloudevents-batch+json");
  expect(((await answer.json()) as { errors: unknown[] }).errors).toHaveLength(1000);
});

it("hours of more than 36 months → 400 for a request as for a message: each month costs the database partitions", async () => {
  const partitions = async () =>
    (await test.database.sql.query("SELECT FROM pg_tables WHERE schemaname = 'partitions'")).rowCount;
  const before = await partitions();
  const eventType = "Years";
  await claimForTest(test.database.sql, {
    datacenters: ["ams"],
    eventTypes: [eventType],
    activeFrom: "1970-01-01T00:00:00Z",
  });
  const ofMonth = (month: number) => {
    const event = counters(1);
    const hour = new Date(Date.UTC(1970, month)).toISOString().slice(0, 13);
    return { ...event, data: { ...event.data, reports: [{ eventType, hour, events: 1 }] } };
  };
  const answer = await send(
    Array.from({ length: 37 }, (_, month) => ofMonth(month)),
    "application/cloudevents-batch+json",
  );
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({
      errors: [
        { pointer: "", detail: "must name hours of at most 36 months, found 37. Split it into several requests" },
      ],
    }),
  ]);
  expect(await partitions()).toBe(before);
});

it("too many events or bytes → 413, also when they only unfold", async () => {
  expect((await send(Array(10_001).fill(0), "application/cloudevents-batch+json")).status).toBe(413);
  const bomb = gzipSync(Buffer.alloc(17 * 1024 * 1024, 32));
  expect((await send(bomb, "application/cloudevents+json", { "content-encoding": "gzip" })).status).toBe(413);
});

it("another content type or encoding → 415; a broken one → 400", async () => {
  expect((await send(counters(1), "application/json")).status).toBe(415);
  expect((await send(counters(1), "text/plain", { "ce-specversion": "1.0" })).status).toBe(415);
  expect((await send(counters(1), "application/cloudevents+json", { "content-encoding": "br" })).status).toBe(415);
  expect((await send(counters(1), "application/cloudevents+json", { "content-encoding": "gzip" })).status).toBe(400);
  expect((await send(Buffer.from("{"), "application/cloudevents+json")).status).toBe(400);
  expect((await send({}, "application/cloudevents-batch+json")).status).toBe(400);
});

it("needs the scope ingest", async () => {
  const made = await api.call("POST", "/api/v1/tokens", { body: { name: "w", scopes: ["write", "read", "respond"] } });
  const { token } = (await made.json()) as { token: string };
  expect((await send(counters(1), "application/cloudevents+json", {}, token)).status).toBe(403);
});

import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPublisher, type Publisher } from "#server/adapters/pubsub.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { openReceiver } from "#server/adapters/pubsub-receiver.ts";
import type { Receiver } from "#server/adapters/receiver.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { createLog } from "#server/process/log.ts";
import { countersOf } from "#test/counters.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { hasPubsubEmulator, needsPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { ManualClock } from "#test/worker-context.ts";
import { Trouble } from "../trouble.ts";
import { Backoff } from "./backoff.ts";
import { ingestMessage } from "./loop.ts";

if (!hasPubsubEmulator)
  process.stderr.write("Skipped: taking from Pub/Sub, for this machine has no Pub/Sub emulator.\n");

const clock = new ManualClock("2026-11-22T14:00:00Z");
const newNamesPerHour = { event_type: 10, datacenter: 10, reporter: 4 };
const structured = { "content-type": "application/cloudevents+json" };

describe.skipIf(!hasPubsubEmulator)("messages from Pub/Sub", { meta: { needs: needsPubsubEmulator } }, () => {
  let scratch: TestDatabase;
  let emulator: PubsubEmulator;
  let publisher: Publisher;
  let receiver: Receiver;
  let stopping: AbortController;
  let delivered: string[];

  beforeAll(async () => {
    emulator = await startTestPubsub();
  });
  afterAll(() => emulator?.stop());

  beforeEach(async () => {
    scratch = await createTestDatabase();
    // A project, and with it a topic and a subscription, of its own.
    const settings = { projectId: `test-${randomUUID().slice(0, 8)}`, emulatorHost: emulator.host };
    publisher = await openPublisher(settings);
    stopping = new AbortController();
    delivered = [];
    const deps = {
      writer: new BatchWriter({ database: scratch.database, clock, instance: "test", newNamesPerHour }),
      clock,
      backoff: new Backoff({ firstMs: 50, longestMs: 200, signal: stopping.signal }),
      trouble: new Trouble(createLog({ name: "test", level: "error", format: "json" }), "Committing events"),
      refusals: new Trouble(createLog({ name: "test", level: "error", format: "json" }), "Acknowledging events"),
      signal: stopping.signal,
    };
    receiver = await openReceiver(settings, {
      maxMessages: 100,
      maxBytes: 1_000_000,
      onMessage: (message) => {
        delivered.push(message.id);
        void ingestMessage(message, deps);
      },
      onError: (error) => {
        throw error;
      },
    });
  });
  afterEach(async () => {
    stopping.abort();
    await receiver.close();
    await publisher.close();
    await scratch.drop();
  });

  const publish = (event: unknown, attributes: Record<string, string> = structured) =>
    publisher.publish(Buffer.from(typeof event === "string" ? event : JSON.stringify(event)), attributes);
  const countReports = async () =>
    (await scratch.database.sql.query<{ n: number }>("SELECT count(*)::int AS n FROM report")).rows[0]?.n;
  const readRejected = async () =>
    (await scratch.database.sql.query("SELECT reason, convert_from(payload, 'UTF8') AS payload FROM rejected_message"))
      .rows;

  test("structured and binary messages are committed and acknowledged", async () => {
    await publish(countersOf("r1"));
    const { data, ...attributes } = countersOf("r2");
    await publish(
      data,
      Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)])),
    );
    await until("both are committed", async () => (await countReports()) === 2);
    expect(delivered).toHaveLength(2);
  });

  test("bad input is kept with its reason, acknowledged, and holds nothing up", async () => {
    await publish("{not json");
    await publish({ ...countersOf("r1"), type: "tidemark.counters.v9" });
    await publish(countersOf("r2"));
    await until(
      "all three are answered",
      async () => (await countReports()) === 1 && (await readRejected()).length === 2,
    );
    const rejected = await readRejected();
    expect(rejected).toContainEqual({ reason: expect.stringContaining("JSON"), payload: "{not json" });
    expect(rejected).toContainEqual({
      reason: expect.stringContaining("/type"),
      payload: expect.stringContaining("counters.v9"),
    });
  });

  test("what names more new names than an hour allows is kept and acknowledged, not sent again without end", async () => {
    await publish(countersOf("r1"));
    await until("its names are known", async () => (await countReports()) === 1);
    await Promise.all(["r2", "r3", "r4", "r5", "r6"].map((reporter) => publish(countersOf(reporter))));
    await until("all are answered", async () => (await countReports()) === 4 && (await readRejected()).length === 2);
    expect((await readRejected())[0]).toMatchObject({ reason: expect.stringContaining("Too many new reporters") });
    await publish(countersOf("r1"));
    await until("what is known is taken", async () => delivered.length === 7);
    expect(await readRejected()).toHaveLength(2);
  });

  test("an hour that is too old is kept with its reason and acknowledged", async () => {
    const event = countersOf("r1");
    const reports = [{ eventType: "EndSong", hour: "1990-01-01T00", events: 1 }];
    await publish({ ...event, data: { ...event.data, reports } });
    await until("it is kept", async () => (await readRejected()).length === 1);
    expect((await readRejected())[0]).toMatchObject({ reason: expect.stringContaining("1990-01-01T00 is too old.") });
  });

  test("a message that the database refuses is rejected alone; its neighbours are committed", async () => {
    await scratch.database.sql.query("ALTER TABLE reporter ADD CHECK (name <> 'poison')");
    await Promise.all(["r1", "poison", "r2", "r3"].map((reporter) => publish(countersOf(reporter))));
    await until("the others are committed", async () => (await countReports()) === 3);
    await until("the poison is kept", async () => (await readRejected()).length === 1);
    expect(await readRejected()).toEqual([
      { reason: expect.stringContaining("the database cannot store"), payload: expect.stringContaining("poison") },
    ]);
  });

  test("while the database is away messages are held, and committed when it is back", async () => {
    const admin = new pg.Client({ connectionString: scratch.url.replace(/\/[^/]+$/, "/postgres") });
    await admin.connect();
    const name = scratch.url.split("/").at(-1);
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    await publish(countersOf("r1"));
    await until("it was delivered", async () => delivered.length > 0);
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await admin.end();
    await until("it is committed", async () => (await countReports()) === 1);
    expect(await readRejected()).toEqual([]);
  });
});

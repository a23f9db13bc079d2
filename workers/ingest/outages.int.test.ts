import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkPubsub } from "#cli/doctor/check-pubsub.ts";
import { connect, openPublisher, type Publisher, type PubsubSettings } from "#server/adapters/pubsub.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { openReceiver } from "#server/adapters/pubsub-receiver.ts";
import { readConfig } from "#server/config.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { createLog } from "#server/process/log.ts";
import { countersOf } from "#test/counters.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type HalfClosingProxy, startHalfClosingProxy } from "#test/half-closing-proxy.ts";
import { hasPubsubEmulator, needsPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { ManualClock } from "#test/worker-context.ts";
import { Trouble } from "../trouble.ts";
import { Backoff } from "./backoff.ts";
import { IntakeState } from "./intake-state.ts";
import { ingestMessage } from "./loop.ts";
import { receive } from "./receive.ts";

const clock = new ManualClock("2026-11-22T14:00:00Z");
const topic = "tidemark-events";
const subscription = "tidemark-ingest";

describe.skipIf(!hasPubsubEmulator)("trouble with Pub/Sub", { meta: { needs: needsPubsubEmulator } }, () => {
  let scratch: TestDatabase;
  let emulator: PubsubEmulator;
  let proxy: HalfClosingProxy;
  let settings: PubsubSettings & { emulatorHost: string };
  let publisher: Publisher;
  let refused: Map<string, { code: number; message: string }>;
  let asked: string[];
  let undo: (() => Promise<unknown>)[];

  beforeAll(async () => {
    emulator = await startTestPubsub();
  });
  afterAll(() => emulator?.stop());

  beforeEach(async () => {
    refused = new Map();
    asked = [];
    undo = [];
    scratch = await createTestDatabase();
    proxy = await startHalfClosingProxy(emulator.host, {
      refuse(method) {
        asked.push(method);
        return refused.get(method);
      },
    });
    settings = { projectId: `test-${randomUUID().slice(0, 8)}`, emulatorHost: proxy.host };
    publisher = await openPublisher({ ...settings, emulatorHost: emulator.host });
  });
  afterEach(async () => {
    for (const step of undo.reverse()) await step();
    await publisher.close();
    await proxy.stop();
    await scratch.drop();
  });

  /** The worker's loop, which looks after its stream often. */
  function startReceiving(from: PubsubSettings = settings) {
    const stopping = new AbortController();
    const state = new IntakeState(`subscription of ${from.projectId}`);
    const refusals: string[] = [];
    const log = createLog({ name: "test", level: "error", format: "json" });
    const deps = {
      writer: new BatchWriter({ database: scratch.database, clock, instance: "test" }),
      clock,
      backoff: new Backoff({ firstMs: 50, longestMs: 200, signal: stopping.signal }),
      trouble: new Trouble(log, "Committing events"),
      refusals: Object.assign(new Trouble(log, "Acknowledging events"), {
        failed: (error: unknown) => void refusals.push((error as Error).message),
      }),
      signal: stopping.signal,
    };
    const ended = receive({
      open: (handlers) => openReceiver(from, { maxMessages: 100, maxBytes: 1_000_000, ...handlers }),
      take: (message) => ingestMessage(message, deps),
      state,
      backoff: new Backoff({ firstMs: 50, longestMs: 500, signal: stopping.signal }),
      trouble: new Trouble(log, "Receiving"),
      limits: { lookEveryMs: 200, quietMs: 1_000 },
      signal: stopping.signal,
    });
    undo.push(async () => {
      stopping.abort();
      await ended;
    });
    return { state, refusals };
  }

  const publish = (reporter: string) =>
    publisher.publish(Buffer.from(JSON.stringify(countersOf(reporter))), {
      "content-type": "application/cloudevents+json",
    });
  const committed = async (reports: number) => {
    const { rows } = await scratch.database.sql.query<{ n: number }>("SELECT count(*)::int AS n FROM report");
    return rows[0]?.n === reports;
  };
  const admin = () => {
    const client = connect({ ...settings, emulatorHost: emulator.host });
    undo.push(() => client.close());
    return client;
  };
  const doctor = () =>
    checkPubsub(readConfig({ PUBSUB_PROJECT_ID: settings.projectId, PUBSUB_EMULATOR_HOST: settings.emulatorHost }));

  test("roles/pubsub.subscriber is enough: looking at the subscription is refused, and events are read", async () => {
    for (const method of ["GetSubscription", "CreateSubscription", "CreateTopic"]) {
      // What Google answers to a role that may only consume. The emulator creates nothing here: both are there.
      refused.set(
        method,
        method === "GetSubscription" ? { code: 7, message: "not authorized" } : { code: 6, message: "" },
      );
    }
    const { state } = startReceiving();
    await publish("r1");
    await until("it is committed", () => committed(1));
    expect(state.report().reason).toBeNull();
    expect(asked).not.toContain("GetSubscription");
    expect(await doctor()).toEqual([
      { verdict: "note", sentence: expect.stringMatching(/could not be checked.*pubsub\.subscriptions\.get/) },
    ]);
  });

  test("a missing subscription is said with what to do, and read once it is there", async () => {
    await admin().subscription(subscription).delete();
    refused.set("CreateSubscription", { code: 6, message: "" });
    const { state } = startReceiving();
    await until("it stands", async () => /has no subscription.*create it/.test(state.report().reason ?? ""));
    expect((await doctor())[0]).toMatchObject({ verdict: "bad", sentence: expect.stringContaining("create it") });
    refused.clear();
    await until("it is heard", async () => state.report().reason === null);
    await publish("r1");
    await until("it is committed", () => committed(1));
  });

  test("one subscription in trouble does not stop another", async () => {
    const broken = startReceiving({ ...settings, emulatorHost: "127.0.0.1:1" });
    startReceiving();
    await publish("r1");
    await until("it is committed", () => committed(1));
    await until("the other stands", async () => broken.state.report().reason !== null);
  });

  test("of a message that is rejected the delivery attempt is kept, where a dead-letter topic counts them", async () => {
    const client = admin();
    const [dead] = await client.createTopic("dead-letters");
    await client.subscription(subscription).delete();
    await client.topic(topic).createSubscription(subscription, {
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 5 },
    });
    startReceiving();
    await publisher.publish(Buffer.from("{not json"), {});
    await until("it is kept", async () => {
      const { rows } = await scratch.database.sql.query("SELECT attributes FROM rejected_message");
      return rows.length === 1 && JSON.stringify(rows[0]).includes('"googclient_deliveryattempt":"1"');
    });
  });

  test("an acknowledgement that exactly-once delivery refuses is noted, and what was said is committed once", async () => {
    const client = admin();
    await client.subscription(subscription).delete();
    await client.topic(topic).createSubscription(subscription, { enableExactlyOnceDelivery: true });
    const { state, refusals } = startReceiving();
    await publish("r1");
    await until("it is committed", () => committed(1));
    refused.set("Acknowledge", { code: 9, message: "the lease has expired" });
    await publish("r2");
    await until("it is committed", () => committed(2));
    await until("the refusal is noted", async () => refusals.length > 0);
    expect(refusals[0]).toMatch(/^Pub\/Sub refused the acknowledgement/);
    refused.clear();
    await publish("r3");
    await until("ingest goes on", () => committed(3));
    expect(state.report().reason).toBeNull();
  });

  test("a process that is stopped is noticed, and its stream opened again once it goes on", async () => {
    const { state } = startReceiving();
    await publish("r1");
    await until("it is committed", () => committed(1));
    const pids = await findEmulator(emulator.host);
    expect(pids).not.toEqual([]);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    try {
      await until("it stands", async () => state.report().reason !== null);
      expect(state.report()).toMatchObject({ reason: "no answer from Pub/Sub within 10 s" });
      expect(state.report().standingForMs).toBeGreaterThan(20_000);
    } finally {
      for (const pid of pids) process.kill(pid, "SIGCONT");
    }
    await until("it is heard", async () => state.report().reason === null);
    await publish("r2");
    await until("ingest goes on", () => committed(2));
  });

  test("a quiet subscription stays open: nothing is opened again", async () => {
    const { state } = startReceiving();
    const pulls = () => asked.filter((method) => method === "Pull").length;
    await until("it was asked several times", async () => pulls() >= 5);
    expect(state.report().reason).toBeNull();
    expect(asked.filter((method) => method === "StreamingPull")).toHaveLength(1);
  });
});

/** The emulator's processes: it is a Java program behind a script. */
async function findEmulator(host: string): Promise<number[]> {
  const port = `--port=${host.split(":")[1]}`;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const words = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
      return words[0]?.endsWith("java") && words.includes(port) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type KafkaMessage, type KafkaSettings, openKafkaPublisher, readKafkaTopics } from "#server/adapters/kafka.ts";
import { openKafkaReceiver } from "#server/adapters/kafka-receiver.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { createLog } from "#server/process/log.ts";
import { countersOf } from "#test/counters.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { hasKafka, type KafkaCluster, needsKafka, startKafkaCluster } from "#test/kafka.ts";
import { type KafkaProxy, startKafkaProxy } from "#test/kafka-proxy.ts";
import { openssl } from "#test/nginx.ts";
import { until } from "#test/until.ts";
import { ManualClock } from "#test/worker-context.ts";
import { Trouble } from "../trouble.ts";
import { Backoff } from "./backoff.ts";
import { IntakeState } from "./intake-state.ts";
import { ingestMessage } from "./loop.ts";
import { receive } from "./receive.ts";

if (!hasKafka) process.stderr.write("Skipped: taking from Kafka, for this machine has no kcat.\n");

const clock = new ManualClock("2026-11-22T14:00:00Z");
const structured = { "content-type": "application/cloudevents+json; charset=UTF-8" };

describe.skipIf(!hasKafka)("messages from Kafka", { meta: { needs: needsKafka } }, () => {
  let scratch: TestDatabase;
  let cluster: KafkaCluster;
  let proxy: KafkaProxy;
  let settings: KafkaSettings;
  let undo: (() => Promise<unknown>)[];

  beforeAll(async () => {
    cluster = await startKafkaCluster();
  });
  afterAll(() => cluster?.stop());
  beforeEach(async () => {
    undo = [];
    scratch = await createTestDatabase();
    proxy = await startKafkaProxy(cluster.broker);
    const name = randomUUID().slice(0, 8);
    settings = { brokers: [proxy.broker], topics: [`events-${name}`], group: `group-${name}`, sasl: null, tls: null };
  });
  afterEach(async () => {
    for (const step of undo.reverse()) await step();
    await proxy.stop();
    await scratch.drop();
  });

  /** A worker's loop. */
  function startReceiving({
    maxMessages = 100,
    hold = async () => undefined,
  }: {
    maxMessages?: number;
    hold?: () => Promise<void>;
  } = {}) {
    const closing = new AbortController();
    const stopping = new AbortController();
    const state = new IntakeState("Kafka topic");
    const log = createLog({ name: "test", level: "error", format: "json" });
    const deps = {
      writer: new BatchWriter({ database: scratch.database, clock, instance: randomUUID() }),
      clock,
      backoff: new Backoff({ firstMs: 50, longestMs: 200, signal: stopping.signal }),
      trouble: new Trouble(log, "Committing events"),
      refusals: new Trouble(log, "Acknowledging events"),
      signal: stopping.signal,
    };
    const seen = { messages: 0, held: 0, mostHeld: 0, reporters: new Map<string, number>() };
    const ended = receive({
      open: (handlers) => openKafkaReceiver(settings, { maxMessages, maxBytes: 8_000_000, ...handlers }),
      async take(message) {
        seen.messages += 1;
        seen.held += 1;
        seen.mostHeld = Math.max(seen.mostHeld, seen.held);
        await hold();
        await ingestMessage(message, deps);
        seen.held -= 1;
      },
      state,
      backoff: new Backoff({ firstMs: 50, longestMs: 500, signal: closing.signal }),
      trouble: new Trouble(log, "Receiving"),
      limits: { lookEveryMs: 500, quietMs: 1_000 },
      signal: closing.signal,
    });
    const stop = async () => {
      closing.abort();
      await ended;
      stopping.abort();
    };
    undo.push(stop);
    return { state, seen, stop };
  }

  async function publish(messages: readonly KafkaMessage[]): Promise<void> {
    const publisher = openKafkaPublisher(settings);
    await publisher.publish(messages);
    await publisher.close();
  }
  const events = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({
      value: Buffer.from(JSON.stringify(countersOf(`r${from + index}`))),
      headers: structured,
    }));
  const committed = async (reports: number) => {
    const { rows } = await scratch.database.sql.query<{ n: number }>("SELECT count(*)::int AS n FROM report");
    return rows[0]?.n === reports || `${rows[0]?.n} reports`;
  };

  test("structured and binary messages are committed, bad ones are kept with their reason", async () => {
    const { data, ...attributes } = countersOf("r1");
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]),
    );
    await publish([
      ...events(0, 1),
      { value: Buffer.from(JSON.stringify(data)), headers: { ...headers, "content-type": "application/json" } },
      { value: Buffer.from("{not json"), headers: structured },
      { value: Buffer.from(JSON.stringify(countersOf("r2"))) },
    ]);
    startReceiving();
    await until("the good ones are committed", () => committed(3));
    await until("the bad one is kept", async () => {
      const { rows } = await scratch.database.sql.query(
        "SELECT source, reason, message_id, convert_from(payload, 'UTF8') AS payload FROM rejected_message",
      );
      if (rows.length === 0) return false;
      expect(rows).toEqual([
        {
          source: "kafka",
          reason: expect.stringContaining("JSON"),
          message_id: expect.stringMatching(/^kafka events-\w+\/\d\/\d+ \d+$/),
          payload: "{not json",
        },
      ]);
      return true;
    });
  });

  test("a restart goes on where the commits ended: nothing is lost, and nothing is read twice after a clean stop", async () => {
    await publish(events(0, 50));
    const first = startReceiving();
    await until("all are committed", () => committed(50));
    await first.stop();
    await publish(events(50, 80));
    const second = startReceiving();
    await until("the rest is committed", () => committed(80));
    await second.stop();
    expect(second.seen.messages).toBe(30);
  });

  test("offsets are committed only after the database: what a worker held when it was killed comes again", async () => {
    await publish(events(0, 20));
    const never = new Promise<void>(() => undefined);
    const frozen = startReceiving({ hold: () => never });
    await until("it holds them", async () => frozen.seen.held === 20);
    // Its connections end as those of a killed process do; the loop does not notice.
    await frozen.stop();
    startReceiving();
    await until("another commits them", () => committed(20));
  });

  test("two workers share the partitions, and a rebalance loses nothing", async () => {
    await publish(events(0, 40));
    const first = startReceiving();
    await until("the first takes all", () => committed(40));
    const second = startReceiving();
    await until("both take their share", async () => {
      await publish(events(40, 60));
      return second.seen.messages > 0;
    });
    await first.stop();
    await publish(events(60, 100));
    await until("the other takes over", () => committed(100));
  });

  test("memory is bounded: beyond the limit nothing more is fetched until there is room", async () => {
    await publish(events(0, 500));
    const gate = Promise.withResolvers<void>();
    const { seen } = startReceiving({ maxMessages: 50, hold: () => gate.promise });
    await until("it holds all that it may", async () => seen.held >= 50);
    await until("it is asked no more", async () => seen.held === seen.mostHeld);
    expect(seen.mostHeld).toBe(50);
    gate.resolve();
    await until("all are committed", () => committed(500));
  });

  test("connections that break are opened again", async () => {
    await publish(events(0, 5));
    startReceiving();
    await until("the first are committed", () => committed(5));
    proxy.cut();
    await publish(events(5, 10));
    await until("the next too", () => committed(10));
  });

  test("a broker that is stopped is noticed, and read on once it goes on", async () => {
    await publish(events(0, 5));
    const { state } = startReceiving();
    await until("the first are committed", () => committed(5));
    cluster.process.kill("SIGSTOP");
    try {
      await until("it stands", async () => state.report().reason !== null);
      expect(state.report().reason).toMatch(/^Kafka is unreachable|^no answer from Kafka/);
    } finally {
      cluster.process.kill("SIGCONT");
    }
    await until("it is heard", async () => state.report().reason === null);
    await publish(events(5, 10));
    await until("the next are committed", () => committed(10));
  });

  test("while the database is away messages are held, and committed when it is back", async () => {
    const admin = new pg.Client({ connectionString: scratch.url.replace(/\/[^/]+$/, "/postgres") });
    await admin.connect();
    const name = scratch.url.split("/").at(-1);
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    const { seen } = startReceiving();
    await publish(events(0, 5));
    await until("they are held", async () => seen.held === 5);
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await admin.end();
    await until("they are committed", () => committed(5));
  });

  test("an unreachable broker is said in a sentence", async () => {
    const nowhere = { ...settings, brokers: ["127.0.0.1:1"] };
    await expect(readKafkaTopics(nowhere)).rejects.toThrow(/^Kafka is unreachable \(.*ECONNREFUSED/);
  });

  test.each(["PLAIN", "SCRAM-SHA-256"] as const)(
    "a user signs in by %s, and a wrong password is said",
    async (mechanism) => {
      const guarded = await startKafkaProxy(cluster.broker, {
        sasl: { mechanism, username: "tidemark", password: "hunter2" },
      });
      undo.push(() => guarded.stop());
      const sasl = { mechanism, username: "tidemark", password: "hunter2" };
      settings = { ...settings, brokers: [guarded.broker], sasl };
      await publish(events(0, 5));
      startReceiving();
      await until("they are committed", () => committed(5));
      const wrong = { ...settings, sasl: { ...sasl, password: "letmein" } };
      await expect(readKafkaTopics(wrong)).rejects.toThrow("Kafka refused the credentials");
    },
  );

  test.skipIf(openssl === null)(
    "TLS: a broker whose certificate no known authority signed is refused, and read once the authority is set",
    { meta: { needs: "openssl" } },
    async () => {
      const { certificate, key } = await makeCertificate();
      const guarded = await startKafkaProxy(cluster.broker, { tls: { cert: certificate, key } });
      undo.push(() => guarded.stop());
      const tls = { ca: null, cert: null, key: null };
      settings = { ...settings, brokers: [guarded.broker], tls };
      await expect(readKafkaTopics(settings)).rejects.toThrow(/^Kafka's TLS connection failed/);
      settings = { ...settings, tls: { ...tls, ca: certificate } };
      await publish(events(0, 5));
      startReceiving();
      await until("they are committed", () => committed(5));
    },
  );
});

async function makeCertificate(): Promise<{ certificate: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-kafka-"));
  const [certificate, key] = [join(folder, "own.pem"), join(folder, "own.key")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const made = ["-nodes", "-days", "1", "-keyout", key, "-out", certificate];
  execFileSync(
    openssl ?? "",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...made, ...subject],
    {
      stdio: "ignore",
    },
  );
  const texts = { certificate: await readFile(certificate, "utf8"), key: await readFile(key, "utf8") };
  await rm(folder, { recursive: true });
  return texts;
}

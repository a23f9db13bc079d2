import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseSource } from "#domain/source.ts";
import { type KafkaSettings, openKafkaPublisher } from "#server/adapters/kafka.ts";
import { openLagReader } from "#server/adapters/kafka-lag.ts";
import { openKafkaReceiver } from "#server/adapters/kafka-receiver.ts";
import type { ReceivedMessage } from "#server/adapters/receiver.ts";
import { hasKafka, type KafkaCluster, needsKafka, startKafkaCluster } from "#test/kafka.ts";
import { type KafkaProxy, startKafkaProxy } from "#test/kafka-proxy.ts";
import { until } from "#test/until.ts";
import { kafkaCollector } from "./kafka-collector.ts";

describe.skipIf(!hasKafka)("collecting from Kafka", { meta: { needs: needsKafka } }, () => {
  let cluster: KafkaCluster;
  let proxy: KafkaProxy;
  let settings: KafkaSettings;

  beforeAll(async () => {
    cluster = await startKafkaCluster();
  });
  afterAll(() => cluster?.stop());
  beforeEach(async () => {
    proxy = await startKafkaProxy(cluster.broker);
    const name = randomUUID().slice(0, 8);
    settings = { brokers: [proxy.broker], topics: [`plays-${name}`], group: `etl-${name}`, sasl: null, tls: null };
  });
  afterEach(() => proxy.stop());

  async function collect(more: { group: string; topics: string[] }[] = []) {
    const parsed = parseSource({
      owner: "data",
      kafka: {
        groups: [{ group: settings.group, topics: settings.topics }, ...more],
        lanes: [{ match: "etl-\\w+/plays-.*", eventType: "EndSong", datacenter: "ams", watermark: true }],
      },
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const collector = await kafkaCollector({ openReader: (group) => openLagReader(settings, group) }).open(parsed.spec);
    const now = new Date();
    const look = { name: "kafka", spec: parsed.spec, known: new Map(), now, signal: AbortSignal.timeout(60_000) };
    const collection = await collector.collect(look).finally(() => collector.close());
    return { now, ...collection };
  }

  async function publish(messages: number) {
    const publisher = openKafkaPublisher(settings);
    await publisher.publish(Array.from({ length: messages }, (_, index) => ({ value: Buffer.from(String(index)) })));
    await publisher.close();
  }

  /** The pipeline: reads all, and then as many as are waiting stay unread. */
  async function readAll(messages: number) {
    const received: ReceivedMessage[] = [];
    const receiver = await openKafkaReceiver(settings, {
      maxMessages: 1_000,
      maxBytes: 1_000_000,
      onMessage: (message) => received.push(message),
      onError: () => undefined,
    });
    await until("all are read", async () => received.length === messages);
    for (const message of received) await message.ack();
    await receiver.close();
  }

  test("a group that never committed says nothing", async () => {
    await publish(8);
    const { events, problems } = await collect();
    expect(events).toEqual([]);
    expect(problems).toEqual([expect.stringContaining("no committed offset in 4 of 4 partitions")]);
  });

  test("what waits after the committed offsets is a backlog with the age of its first record, which holds the watermark back", async () => {
    await publish(8);
    await readAll(8);
    expect((await collect()).events).toMatchObject([
      { type: "tidemark.backlog.v1", data: { eventType: "EndSong", dc: "ams", messages: 0, oldestAgeSeconds: 0 } },
      { type: "tidemark.watermark.v1" },
    ]);
    const beforeMs = Date.now();
    await publish(12);
    const afterMs = Date.now();
    const { now, events, readings, problems } = await collect();
    expect(problems).toEqual([]);
    expect(readings[0]).toMatchObject({ resource: { kind: "group" }, metric: "lag_messages", value: 12 });
    const [backlog, watermark] = events;
    const age = Number(backlog?.data.oldestAgeSeconds) * 1000;
    expect(backlog?.data.messages).toBe(12);
    expect(now.getTime() - age).toBeGreaterThanOrEqual(beforeMs);
    expect(now.getTime() - age).toBeLessThanOrEqual(afterMs);
    const until = new Date(now.getTime() - age - 60_000).toISOString();
    expect(watermark?.data).toEqual({ dc: "ams", marks: [{ eventType: "EndSong", watermark: until }] });
  });

  test("without any answer the collection fails with a sentence", async () => {
    settings = { ...settings, brokers: ["127.0.0.1:1"] };
    await expect(collect()).rejects.toThrow(/Kafka is unreachable/);
  });
});

import { isUtf8 } from "node:buffer";
import { setTimeout as sleep } from "node:timers/promises";
import { Consumer, type Message, MessagesStreamFallbackModes, MessagesStreamModes } from "@platformatic/kafka";
import { CommittedOffsets } from "./committed-offsets.ts";
import { answerLimitMs, clientOptions, type KafkaSettings } from "./kafka.ts";
import { explainKafka } from "./kafka-error.ts";
import type { ReceivedMessage, Receiver } from "./receiver.ts";

export interface KafkaReceiverOptions {
  /** Limits of messages held in memory; beyond them nothing more is fetched. */
  maxMessages: number;
  maxBytes: number;
  onMessage(message: ReceivedMessage): void;
  /** The consumer broke in a way the client does not recover from. */
  onError(error: Error): void;
}

/** One fetch; with it and `maxBytes` memory is bounded. A larger message still comes, alone. */
const fetchBytes = 4 * 1024 * 1024;
const fetchWaitMs = 500;
const commitEveryMs = 200;
/** Fetches answer within half a second and heartbeats come every two: nothing for this long is a broker that hangs. */
const silenceLimitMs = 20_000;
/** After a kill -9 the group waits this long before others get the partitions. */
const sessionMs = 15_000;
const closeLimitMs = 6_000;

/**
 * A member of the consumer group. Offsets are committed once every message below them is acknowledged, so a restart or a rebalance
 * repeats messages and loses none. Brokers do not take single messages back: what is not acknowledged comes again with the next
 * assignment.
 */
export async function openKafkaReceiver(settings: KafkaSettings, options: KafkaReceiverOptions): Promise<Receiver> {
  const consumer = new Consumer({
    ...clientOptions(settings),
    // A join is answered once all members have come, which takes up to the rebalance's limit.
    requestTimeout: 2 * sessionMs,
    groupId: settings.group,
    sessionTimeout: sessionMs,
    rebalanceTimeout: sessionMs,
    heartbeatInterval: 2_000,
  });
  const offsets = new Map<string, { topic: string; partition: number; held: CommittedOffsets; committed: bigint }>();
  const inHand = { messages: 0, bytes: 0 };
  let heardAtMs = performance.now();
  let isPaused = false;
  const heard = () => {
    heardAtMs = performance.now();
  };
  const fail = (error: unknown) => options.onError(explainKafka(error, settings));
  consumer.on("error", fail);
  consumer.on("consumer:heartbeat:end", heard);
  let stream: Awaited<ReturnType<typeof consumer.consume>>;
  try {
    stream = await consumer.consume({
      topics: [...settings.topics],
      mode: MessagesStreamModes.COMMITTED,
      fallbackMode: MessagesStreamFallbackModes.EARLIEST,
      autocommit: false,
      maxWaitTime: fetchWaitMs,
      maxBytes: fetchBytes,
      maxBytesPerPartition: fetchBytes,
    });
  } catch (error) {
    await settled(consumer.close(true));
    throw explainKafka(error, settings);
  }
  stream.on("error", fail);
  stream.on("fetch", heard);

  const release = (bytes: number) => {
    inHand.messages -= 1;
    inHand.bytes -= bytes;
    const hasRoom = inHand.messages < options.maxMessages / 2 && inHand.bytes < options.maxBytes / 2;
    if (!isPaused || !hasRoom) return;
    isPaused = false;
    stream.resume();
  };
  stream.on("data", (message: Message) => {
    const { topic, partition, offset } = message;
    const key = `${topic} ${partition}`;
    const lane = offsets.get(key) ?? { topic, partition, held: new CommittedOffsets(), committed: -1n };
    offsets.set(key, lane);
    lane.held.received(offset);
    const bytes = message.value?.length ?? 0;
    inHand.messages += 1;
    inHand.bytes += bytes;
    if (!isPaused && (inHand.messages >= options.maxMessages || inHand.bytes >= options.maxBytes)) {
      isPaused = true;
      stream.pause();
    }
    options.onMessage(
      received(
        message,
        () => {
          lane.held.finished(offset);
          release(bytes);
        },
        () => release(bytes),
      ),
    );
  });

  const commit = async () => {
    const due = [...offsets.values()].flatMap((lane) => {
      const next = lane.held.next();
      // A partition that went to another member is that member's to commit.
      const isOurs = consumer.assignments?.some(
        ({ topic, partitions }) => topic === lane.topic && partitions.includes(lane.partition),
      );
      return next !== null && next > lane.committed && isOurs ? [{ lane, next }] : [];
    });
    if (due.length === 0) return;
    await consumer.commit({
      offsets: due.map(({ lane: { topic, partition }, next }) => ({ topic, partition, offset: next, leaderEpoch: -1 })),
    });
    for (const { lane, next } of due) lane.committed = next;
  };
  // After a rebalance the group's committed offset may be behind what this member committed before it.
  consumer.on("consumer:group:join", () => {
    for (const lane of offsets.values()) lane.committed = -1n;
  });
  const stopping = new AbortController();
  const committing = (async () => {
    while (!stopping.signal.aborted) {
      await sleep(commitEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      // During a rebalance it is refused: the next one commits, or the messages come again.
      await commit().catch(() => undefined);
    }
  })();

  return {
    async ask() {
      const silentMs = performance.now() - heardAtMs;
      if (silentMs < silenceLimitMs) return null;
      throw new Error(`no answer from Kafka for ${Math.round(silentMs / 1000)} s`);
    },
    async close() {
      stream.pause();
      const endsAtMs = performance.now() + closeLimitMs;
      while (inHand.messages > 0 && performance.now() < endsAtMs) await sleep(20);
      stopping.abort();
      await Promise.race([committing, sleep(answerLimitMs, undefined, { ref: false })]);
      await settled(stream.close());
      await settled(consumer.close(true));
    },
  };
}

function received(message: Message, finished: () => void, returned: () => void): ReceivedMessage {
  const { topic, partition, offset, timestamp, value, headers } = message;
  const isText = [...headers].flat().every((bytes) => bytes === null || bytes === undefined || isUtf8(bytes));
  return {
    via: "kafka",
    // With its time: a topic that is deleted and created again counts from 0.
    id: `kafka ${topic}/${partition}/${offset} ${timestamp}`,
    data: value ?? new Uint8Array(),
    attributes: Object.fromEntries([...headers].map(([name, text]) => [String(name ?? ""), String(text ?? "")])),
    ...(isText ? {} : { fault: "has a header that is not UTF-8" }),
    deliveryAttempt: null,
    ack: async () => finished(),
    nack: returned,
  };
}

/** Closing what is broken may fail, or hang on a broker that does not answer. */
async function settled(closing: Promise<void>): Promise<void> {
  await Promise.race([closing.catch(() => undefined), sleep(closeLimitMs, undefined, { ref: false })]);
}

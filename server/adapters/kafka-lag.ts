import { Consumer } from "@platformatic/kafka";
import { nextUnread, type PartitionLag, type TopicLag, waiting } from "#domain/source.ts";
import { clientOptions, type KafkaSettings } from "./kafka.ts";
import { explainKafka } from "./kafka-error.ts";

export interface LagReader {
  /** Committed offsets first: what is written meanwhile counts as waiting. Throws what is wrong with the topic or the group. */
  read(topic: string): Promise<TopicLag>;
  close(): Promise<void>;
}

const latest = -1n;
const earliest = -2n;
const fetchesAtOnce = 8;
/** A broker answers with at least one batch, however small the limit. */
const fetchBytes = 1;
const fetchWaitMs = 100;

/** Reads how far a consumer group is, without joining it. */
export function openLagReader(settings: KafkaSettings, group: string): LagReader {
  const consumer = new Consumer({ ...clientOptions(settings), groupId: group });
  const readTopic = async (topic: string): Promise<TopicLag> => {
    const metadata = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
    const numbers = (metadata?.partitions ?? []).map((_, index) => index);
    const committed = await consumer.listCommittedOffsets({ topics: [{ topic, partitions: numbers }] });
    const [ends, firsts] = await Promise.all([
      consumer.listOffsets({ topics: [topic], timestamp: latest }),
      consumer.listOffsets({ topics: [topic], timestamp: earliest }),
    ]);
    const partitions = numbers.map((partition): PartitionLag => {
      const own = committed.get(topic)?.[partition] ?? -1n;
      return {
        partition,
        committed: own < 0n ? null : own,
        first: firsts.get(topic)?.[partition] ?? 0n,
        end: ends.get(topic)?.[partition] ?? 0n,
        waitingSinceMs: null,
      };
    });
    const dated: PartitionLag[] = [];
    for (let at = 0; at < partitions.length; at += fetchesAtOnce) {
      const some = partitions.slice(at, at + fetchesAtOnce);
      dated.push(...(await Promise.all(some.map((each) => dateOf(each, topic, metadata)))));
    }
    return { group, topic, partitions: dated };
  };
  type Metadata = Awaited<ReturnType<typeof consumer.metadata>>["topics"] extends Map<string, infer One> ? One : never;
  const dateOf = async (lag: PartitionLag, topic: string, metadata: Metadata | undefined): Promise<PartitionLag> => {
    const leader = metadata?.partitions[lag.partition]?.leader;
    if (waiting(lag) === 0 || lag.committed === null || leader === undefined) return lag;
    const from = nextUnread(lag);
    const asked = {
      partition: lag.partition,
      fetchOffset: from,
      partitionMaxBytes: fetchBytes,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
    };
    const topics = [{ topicId: metadata?.id ?? topic, partitions: [asked] }];
    const answer = await consumer.fetch({ node: leader, maxWaitTime: fetchWaitMs, maxBytes: fetchBytes, topics });
    for (const batch of answer.responses[0]?.partitions[0]?.records ?? []) {
      // The first one read may have been compacted away.
      const record = batch.records.find(({ offsetDelta }) => batch.firstOffset + BigInt(offsetDelta) >= from);
      if (record) return { ...lag, waitingSinceMs: Number(batch.firstTimestamp + record.timestampDelta) };
    }
    return lag;
  };
  return {
    read: (topic) =>
      readTopic(topic).catch((error: unknown) => {
        throw explainKafka(error, { topics: [topic], group });
      }),
    close: () => consumer.close(true),
  };
}

import { collectKafka, type KafkaSpec, type TopicLag } from "#domain/source.ts";
import type { LagReader } from "#server/adapters/kafka-lag.ts";
import type { Collector, CollectorKind } from "./collector.ts";

const topicsAtOnce = 4;

export interface KafkaCollectorDeps {
  /** null: no brokers are set. */
  openReader: ((group: string) => LagReader) | null;
}

/** Consumer groups' lag. A group or a topic that cannot be read is a problem of its own; only if none can, the collection fails. */
export function kafkaCollector({ openReader }: KafkaCollectorDeps): CollectorKind {
  return {
    everySeconds: 60,
    boundSeconds: 50,
    async open({ kafka }) {
      if (openReader === null)
        throw new Error("KAFKA_BROKERS is not set for the collect worker: set it to the brokers.");
      return new KafkaCollector(kafka as KafkaSpec, openReader);
    },
  };
}

class KafkaCollector implements Collector {
  readonly #spec: KafkaSpec;
  readonly #readers: { reader: LagReader; group: string; topics: readonly string[] }[];

  constructor(spec: KafkaSpec, openReader: (group: string) => LagReader) {
    this.#spec = spec;
    this.#readers = spec.groups.map(({ group, topics }) => ({ reader: openReader(group), group, topics }));
  }

  async collect({ now }: Parameters<Collector["collect"]>[0]) {
    const asked = this.#readers.flatMap(({ topics, ...reader }) => topics.map((topic) => ({ ...reader, topic })));
    const lags: TopicLag[] = [];
    const failures: string[] = [];
    for (let at = 0; at < asked.length; at += topicsAtOnce) {
      await Promise.all(
        asked.slice(at, at + topicsAtOnce).map(async ({ reader, group, topic }) => {
          try {
            lags.push(await reader.read(topic));
          } catch (error) {
            failures.push(`${group}/${topic}: ${(error as Error).message}`);
          }
        }),
      );
    }
    if (lags.length === 0) throw new Error(failures.slice(0, 3).join(" "));
    const { problems, ...collected } = collectKafka(this.#spec, lags, now);
    return { ...collected, problems: [...failures, ...problems], calls: asked.length };
  }

  async close(): Promise<void> {
    await Promise.all(this.#readers.map(({ reader }) => reader.close().catch(() => undefined)));
  }
}

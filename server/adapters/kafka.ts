import { Admin, type BaseOptions, Producer } from "@platformatic/kafka";
import { explainKafka } from "./kafka-error.ts";

export interface KafkaSettings {
  /** `host:port`. */
  brokers: readonly string[];
  topics: readonly string[];
  group: string;
  sasl: { mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512"; username: string; password: string } | null;
  /** PEM texts; null: plain text. */
  tls: { ca: string | null; cert: string | null; key: string | null } | null;
}

/** A call that is not answered by then has failed: a frozen broker refuses nothing. */
export const answerLimitMs = 10_000;

/** What producers, consumers and administrators have in common. */
export function clientOptions({ brokers, sasl, tls }: KafkaSettings): BaseOptions {
  return {
    clientId: "tidemark",
    bootstrapBrokers: [...brokers],
    connectTimeout: answerLimitMs,
    requestTimeout: answerLimitMs,
    timeout: answerLimitMs,
    retries: 1,
    ...(sasl === null ? {} : { sasl }),
    ...(tls === null
      ? {}
      : {
          tls: {
            ...(tls.ca === null ? {} : { ca: tls.ca }),
            ...(tls.cert === null || tls.key === null ? {} : { cert: tls.cert, key: tls.key }),
          },
          // Certificates are issued for names, by which brokers behind one address are distinguished.
          tlsServerName: true,
        }),
  };
}

export interface KafkaMessage {
  value: Buffer;
  headers?: Record<string, string>;
}

export interface KafkaPublisher {
  /** Settles once all in-sync replicas have the messages. */
  publish(messages: readonly KafkaMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** Publishes to the first topic, which must exist unless the cluster creates topics by itself. */
export function openKafkaPublisher(settings: KafkaSettings): KafkaPublisher {
  const producer = new Producer({ ...clientOptions(settings), acks: -1 });
  const [topic = ""] = settings.topics;
  return {
    async publish(messages) {
      const toSend = messages.map(({ value, headers = {} }) => ({
        topic,
        value,
        headers: new Map(Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)])),
      }));
      await producer.send({ messages: toSend }).catch((error: unknown) => {
        throw explainKafka(error, settings);
      });
    },
    close: () => producer.close(),
  };
}

/** Each topic with its number of partitions. Throws what is wrong. */
export async function readKafkaTopics(settings: KafkaSettings): Promise<{ topic: string; partitions: number }[]> {
  const admin = new Admin({ ...clientOptions(settings), retries: 0 });
  try {
    const metadata = await admin.metadata({ topics: [...settings.topics] });
    return settings.topics.map((topic) => ({
      topic,
      partitions: metadata.topics.get(topic)?.partitionsCount ?? 0,
    }));
  } catch (error) {
    throw explainKafka(error, settings);
  } finally {
    await admin.close().catch(() => undefined);
  }
}

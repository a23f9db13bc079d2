import { openKafkaPublisher } from "#server/adapters/kafka.ts";
import { hasKafka, startKafkaCluster } from "#test/kafka.ts";
import { startKafkaProxy } from "#test/kafka-proxy.ts";
import type { IngestPath } from "./ingest.ts";
import { committedMessages, startWorker } from "./worker-process.ts";

const messagesASend = 250;
// librdkafka's cluster keeps 5 MB of each of its four partitions: a producer that runs further ahead would lose messages.
const mostAhead = 1_000;

/** librdkafka's cluster and the product's own ingest worker; null if the machine has no kcat. */
export async function startKafkaPath(databaseUrl: string): Promise<IngestPath | null> {
  if (!hasKafka) {
    process.stderr.write("No kcat on this machine: Kafka is not measured.\n");
    return null;
  }
  const cluster = await startKafkaCluster();
  const proxy = await startKafkaProxy(cluster.broker);
  const topic = "tidemark-events";
  const publisher = openKafkaPublisher({
    brokers: [proxy.broker],
    topics: [topic],
    group: "bench",
    sasl: null,
    tls: null,
  });
  const worker = startWorker("ingest", databaseUrl, {
    PUBSUB_PROJECT_ID: null,
    PUBSUB_EMULATOR_HOST: null,
    KAFKA_BROKERS: proxy.broker,
  });
  const headers = { "content-type": "application/cloudevents+json" };
  return {
    name: "Kafka",
    pid: worker.pid,
    broker: "kcat",
    run: async (events) => {
      const before = await committedMessages(databaseUrl);
      const messages = events.map((event) => ({ value: Buffer.from(JSON.stringify(event)), headers }));
      const startedAt = performance.now();
      let committed = 0;
      const look = async () => {
        committed = (await committedMessages(databaseUrl)) - before;
        if (committed < messages.length) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      for (let sent = 0; sent < messages.length; sent += messagesASend) {
        while (sent - committed > mostAhead) await look();
        await publisher.publish(messages.slice(sent, sent + messagesASend));
      }
      while (committed < messages.length) await look();
      return (performance.now() - startedAt) / 1000;
    },
    stop: async () => {
      await publisher.close();
      await worker.stop();
      await proxy.stop();
      await cluster.stop();
    },
  };
}

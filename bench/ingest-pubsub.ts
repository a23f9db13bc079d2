import { openPublisher } from "#server/adapters/pubsub.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import type { IngestPath } from "./ingest.ts";
import { committedMessages, startWorker } from "./worker-process.ts";

/** Google's emulator and the product's own ingest worker; null if the machine has no emulator. */
export async function startPubsubPath(databaseUrl: string): Promise<IngestPath | null> {
  if (!hasPubsubEmulator) {
    process.stderr.write("No Pub/Sub emulator on this machine: only HTTP is measured.\n");
    return null;
  }
  const emulator = await startTestPubsub();
  const settings = { projectId: "bench", emulatorHost: emulator.host };
  const publisher = await openPublisher(settings);
  const worker = startWorker("ingest", databaseUrl, {
    PUBSUB_PROJECT_ID: "bench",
    PUBSUB_EMULATOR_HOST: emulator.host,
    METADATA_SERVER_DETECTION: "none",
  });
  return {
    name: "Pub/Sub",
    pid: worker.pid,
    broker: "java",
    run: async (events) => {
      const before = await committedMessages(databaseUrl);
      const payloads = events.map((event) => Buffer.from(JSON.stringify(event)));
      const startedAt = performance.now();
      await Promise.all(
        payloads.map((data) => publisher.publish(data, { "content-type": "application/cloudevents+json" })),
      );
      while ((await committedMessages(databaseUrl)) < before + events.length)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return (performance.now() - startedAt) / 1000;
    },
    stop: async () => {
      await publisher.close();
      await worker.stop();
      await emulator.stop();
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { openPublisher } from "#server/adapters/pubsub.ts";
import { childEnvironment } from "#server/config.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import type { IngestPath } from "./ingest.ts";

const root = join(import.meta.dirname, "..");

/** Google's emulator and the product's own ingest worker; null if the machine has no emulator. */
export async function startPubsubPath(databaseUrl: string): Promise<IngestPath | null> {
  if (!hasPubsubEmulator) {
    process.stderr.write("No Pub/Sub emulator on this machine: only HTTP is measured.\n");
    return null;
  }
  const emulator = await startTestPubsub();
  const settings = { projectId: "bench", emulatorHost: emulator.host };
  const publisher = await openPublisher(settings);
  const worker = startWorker(databaseUrl, emulator.host);
  return {
    name: "Pub/Sub",
    pid: worker.pid ?? 0,
    run: async (events) => {
      const before = await committedMessages(databaseUrl);
      const payloads = events.map((event) => Buffer.from(JSON.stringify(event)));
      const startedAt = performance.now();
      await Promise.all(
        payloads.map((data) => publisher.publish(data, { "content-type": "application/cloudevents+json" })),
      );
      // Counted in the transaction that carries the facts; the acknowledgement follows it at once.
      while ((await committedMessages(databaseUrl)) < before + events.length)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return (performance.now() - startedAt) / 1000;
    },
    stop: async () => {
      await publisher.close();
      const exited = new Promise((resolve) => worker.once("exit", resolve));
      worker.kill("SIGTERM");
      await exited;
      await emulator.stop();
    },
  };
}

function startWorker(databaseUrl: string, emulatorHost: string): ChildProcess {
  return spawn(process.execPath, [join(root, "workers/ingest/main.ts")], {
    stdio: ["pipe", "ignore", "inherit"],
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      PUBSUB_PROJECT_ID: "bench",
      PUBSUB_EMULATOR_HOST: emulatorHost,
      METADATA_SERVER_DETECTION: "none",
    }),
  });
}

export async function committedMessages(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("SELECT coalesce(sum(messages), 0)::int AS count FROM ingest_worker");
  await client.end();
  return rows[0].count;
}

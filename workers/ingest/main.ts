import { hostname } from "node:os";
import { openReceiver, type Receiver } from "#server/adapters/pubsub.ts";
import { createClock } from "#server/clock.ts";
import { readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { BatchWriter } from "#server/ingest/batch-writer.ts";
import { createLog } from "#server/log.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl, requirePubsub } from "#server/required-settings.ts";
import { Backoff } from "./backoff.ts";
import { ingestMessage } from "./loop.ts";

// Two thousand messages under way keep batches large; the bytes bound what a sender of large ones can make us hold.
const maxMessages = 2_000;
const maxBytes = 64 * 1024 * 1024;

const config = readConfig();
const log = createLog({ name: "ingest", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
const database = openDatabase(requireDatabaseUrl(config), { applicationName: "tidemark ingest" });
const pubsub = requirePubsub(config);
const stopping = new AbortController();
const writer = new BatchWriter({
  database,
  clock,
  instance: `${hostname()}:${process.pid}`,
  keepFactsSeconds: config.TIDEMARK_RETENTION_FACTS,
});
const backoff = new Backoff({ firstMs: 100, longestMs: 10_000, signal: stopping.signal });
const reconnect = new Backoff({ firstMs: 500, longestMs: 15_000, signal: stopping.signal });
let receiver: Receiver | null = null;

async function receive(): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      receiver = await openReceiver(pubsub, {
        maxMessages,
        maxBytes,
        onMessage: (message) => void ingestMessage(message, { writer, clock, backoff, log, signal: stopping.signal }),
        onError: (error) => {
          log.error({ err: error }, "Pub/Sub broke off; connecting again.");
          void restart();
        },
      });
      reconnect.succeeded();
      log.info("Taking events from Pub/Sub.");
      return;
    } catch (error) {
      log.error({ err: error }, "Pub/Sub cannot be reached; trying again.");
      await reconnect.pause();
    }
  }
}

async function restart(): Promise<void> {
  const broken = receiver;
  receiver = null;
  await broken?.close().catch(() => undefined);
  await reconnect.pause();
  await receive();
}

endWithParent(async () => {
  log.info("Stopping: committing what is in hand.");
  // The stream ends first; what is in hand is committed and acknowledged while it closes.
  const closing = receiver?.close();
  await writer.drain();
  stopping.abort();
  await closing?.catch(() => undefined);
  await database.close();
});
await receive();

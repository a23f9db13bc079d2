import { openReceiver, type Receiver } from "#server/adapters/pubsub.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { requirePubsub } from "#server/settings/required-settings.ts";
import { openWorker } from "../open-worker.ts";
import { Trouble } from "../trouble.ts";
import { Backoff } from "./backoff.ts";
import { ingestMessage } from "./loop.ts";
import { watchPull } from "./watch-pull.ts";

// Two thousand messages in flight keep batches large; the byte limit bounds memory if messages are large.
const maxMessages = 2_000;
const maxBytes = 64 * 1024 * 1024;

const worker = openWorker({ name: "ingest", work: "ingest", turns: ["pull"] });
const { instance, log, turns, signal } = worker.parts;
const { database, clock } = worker.parts.ctx;
const pubsub = requirePubsub(worker.config);
const keepFactsSeconds = worker.config.TIDEMARK_RETENTION_FACTS;
const writer = new BatchWriter({
  database,
  clock,
  instance,
  keepFactsSeconds,
  oldestHourSeconds: worker.config.TIDEMARK_OLDEST_HOUR,
  newNamesPerHour: worker.config.TIDEMARK_NEW_NAMES_PER_HOUR,
});
const backoff = new Backoff({ firstMs: 100, longestMs: 10_000, signal });
const reconnect = new Backoff({ firstMs: 500, longestMs: 15_000, signal });
const trouble = new Trouble(log, "Committing events");
let receiver: Receiver | null = null;
const pull = watchPull({ turns, isOpen: () => receiver !== null });

async function receive(): Promise<void> {
  while (!signal.aborted) {
    try {
      receiver = await openReceiver(pubsub, {
        maxMessages,
        maxBytes,
        onMessage: (message) => void pull.hold(ingestMessage(message, { writer, clock, backoff, trouble, signal })),
        onError: (error) => {
          log.error({ err: error }, "The Pub/Sub connection was lost; reconnecting.");
          void restart();
        },
      });
      reconnect.succeeded();
      log.info("Reading events from Pub/Sub.");
      return;
    } catch (error) {
      log.error({ err: error }, "Pub/Sub is unreachable; retrying.");
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

const receiverClosed = Promise.withResolvers<void>();
worker.endAfter([receiverClosed.promise], async () => {
  log.info("Stopping: committing the messages in progress.");
  // The stream ends first; messages in hand are committed and acknowledged while it closes.
  const closing = receiver?.close() ?? Promise.resolve();
  closing.catch(() => undefined).then(() => receiverClosed.resolve());
  await writer.drain();
});
await receive();

import { BatchWriter } from "#server/facts/index.ts";
import { requireQueue } from "#server/settings/required-settings.ts";
import { openWorker } from "../open-worker.ts";
import { Trouble } from "../trouble.ts";
import { Backoff } from "./backoff.ts";
import { listIntakes } from "./list-intakes.ts";
import { ingestMessage } from "./loop.ts";
import { receive } from "./receive.ts";
import { watchPull } from "./watch-pull.ts";
import { streamLimits } from "./watch-stream.ts";

// Two thousand messages in flight keep batches large; the byte limit bounds memory if messages are large. All intakes share both.
const maxMessages = 2_000;
const maxBytes = 64 * 1024 * 1024;

const worker = openWorker({ name: "ingest", work: "ingest", turns: ["pull"] });
requireQueue(worker.config);
const { instance, log, turns, signal } = worker.parts;
const { database, clock } = worker.parts.ctx;
const writer = new BatchWriter({
  database,
  clock,
  instance,
  oldestHourSeconds: worker.config.TIDEMARK_OLDEST_HOUR,
  newNamesPerHour: worker.config.TIDEMARK_NEW_NAMES_PER_HOUR,
});
const backoff = new Backoff({ firstMs: 100, longestMs: 10_000, signal });
const trouble = new Trouble(log, "Committing events");
const refusals = new Trouble(log, "Acknowledging events");
const closing = new AbortController();

const intakes = await listIntakes(worker.config, { maxMessages, maxBytes });
const pull = watchPull({ sql: database.sql, instance, turns, intakes: intakes.map(({ state }) => state) });
// Each by itself: what one of them meets does not stop the others.
const receiving = intakes.map(({ open, state }) =>
  receive({
    open,
    take: (message) => pull.hold(ingestMessage(message, { writer, clock, backoff, trouble, refusals, signal })),
    state,
    backoff: new Backoff({ firstMs: 500, longestMs: 15_000, signal: closing.signal }),
    trouble: new Trouble(log, `Receiving from the ${state.name}`),
    limits: streamLimits,
    signal: closing.signal,
  }),
);
log.info(`Reading events from ${intakes.map(({ state }) => state.name).join(", ")}.`);

worker.endAfter(receiving, async () => {
  log.info("Stopping: committing the messages in progress.");
  // The streams end first; messages in hand are committed and acknowledged while they close.
  closing.abort();
  await writer.drain();
});

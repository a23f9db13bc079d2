import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { expectedVerdicts, flightsCatalogFile, flightsMessagesFile, readFlightEvents } from "#test/flights.ts";
import { type HalfClosingProxy, startHalfClosingProxy } from "#test/half-closing-proxy.ts";
import { hasPubsubEmulator, needsPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { shuffled } from "#test/shuffled.ts";
import { until } from "#test/until.ts";
import { readJanuary } from "./read-january.ts";
import { type Product, startProduct } from "./start-product.ts";

// A month of real input through the whole product, against what an independent program computed.
const messageCount = 26_184;
let product: Product;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-flights-"));
});
afterEach(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function shuffledTwice(): Promise<string> {
  const events = readFlightEvents();
  const file = join(folder, "shuffled-twice.jsonl");
  await writeFile(
    file,
    shuffled([...events, ...events])
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(""),
  );
  return file;
}

/** Everything that was sent is committed and in the verdicts. */
async function untilJudged(messages: number): Promise<void> {
  await until(`${messages} messages are judged`, async () => {
    const status = await product.get<StatusJson>("/status");
    return (status.ingest.messages >= messages && status.dirtyHours === 0) || JSON.stringify(status);
  });
}

/** One worker after the other dies without a word while the replay goes on. */
async function killInTurn(workers: readonly ("ingest" | "evaluate" | "web")[]): Promise<void> {
  for (const worker of workers) {
    await sleep(4_000);
    await product.kill(worker);
  }
}

describe("via HTTP", () => {
  test("the month in order", async () => {
    product = await startProduct();
    await product.tidemark("apply", "-f", flightsCatalogFile);
    await product.tidemark("replay", flightsMessagesFile, "--via", "http");
    await untilJudged(messageCount);
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
  });

  test("shuffled, every message twice, web and evaluate killed in the middle", async () => {
    product = await startProduct();
    await product.tidemark("apply", "-f", flightsCatalogFile);
    const replay = product.tidemark("replay", await shuffledTwice(), "--via", "http", "--rate", "4000");
    await Promise.all([replay, killInTurn(["web", "evaluate"])]);
    await until("all is judged", async () => (await product.get<StatusJson>("/status")).dirtyHours === 0);
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
  });
});

if (!hasPubsubEmulator)
  process.stderr.write("Skipped: the flights via Pub/Sub, for this machine has no Pub/Sub emulator.\n");

describe.skipIf(!hasPubsubEmulator)("via Pub/Sub (Google's emulator)", { meta: { needs: needsPubsubEmulator } }, () => {
  let emulator: PubsubEmulator;
  let proxy: HalfClosingProxy;

  beforeEach(async () => {
    emulator = await startTestPubsub();
    proxy = await startHalfClosingProxy(emulator.host);
    product = await startProduct({ PUBSUB_PROJECT_ID: "flights", PUBSUB_EMULATOR_HOST: proxy.host });
    await product.tidemark("apply", "-f", flightsCatalogFile);
  });
  afterEach(async () => {
    await proxy.stop();
    await emulator.stop();
  });

  test("the month in order", async () => {
    await product.tidemark("replay", flightsMessagesFile, "--via", "pubsub");
    await untilJudged(messageCount);
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
  });

  test("shuffled, every message twice, each worker killed in turn", async () => {
    const replay = product.tidemark("replay", await shuffledTwice(), "--via", "pubsub", "--rate", "3000");
    await Promise.all([replay, killInTurn(["ingest", "evaluate", "web", "ingest"])]);
    await untilJudged(2 * messageCount);
    // A dead worker's messages are delivered again once their leases end; the counts alone cannot tell that all were.
    await until("nothing has come in for longer than a lease", async () => {
      const { telemetryAgeSeconds, dirtyHours } = await product.get<StatusJson>("/status");
      return (dirtyHours === 0 && (telemetryAgeSeconds ?? 0) > 15) || `${telemetryAgeSeconds} s`;
    });
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
  });
});

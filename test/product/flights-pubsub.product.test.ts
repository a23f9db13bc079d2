import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { expectedVerdicts, flightsCatalogFile, flightsMessagesFile } from "#test/flights.ts";
import { type HalfClosingProxy, startHalfClosingProxy } from "#test/half-closing-proxy.ts";
import { hasPubsubEmulator, needsPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { readJanuary } from "./read-january.ts";
import { killInTurn, messageCount, patienceSeconds, shuffledTwice, untilJudged } from "./replay-january.ts";
import { type Product, startProduct } from "./start-product.ts";

let product: Product;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-flights-"));
});
afterEach(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
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
    await untilJudged(product, messageCount);
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
  });

  test("shuffled, every message twice, each worker killed in turn", async () => {
    const replay = product.tidemark("replay", await shuffledTwice(folder), "--via", "pubsub", "--rate", "3000");
    await Promise.all([replay, killInTurn(product, 2 * messageCount, ["ingest", "evaluate", "web", "ingest"])]);
    await untilJudged(product, 2 * messageCount);
    // A dead worker's messages are delivered again once their leases end; the counts alone do not show that all were.
    await until(
      "nothing has come in for longer than a lease",
      async () => {
        const { telemetryAgeSeconds, dirtyHours } = await product.get<StatusJson>("/status");
        return (dirtyHours === 0 && (telemetryAgeSeconds ?? 0) > 15) || `${telemetryAgeSeconds} s`;
      },
      patienceSeconds,
    );
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
  });
});

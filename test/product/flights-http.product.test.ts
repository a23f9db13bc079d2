import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { expectedVerdicts, flightsCatalogFile, flightsMessagesFile } from "#test/flights.ts";
import { until } from "#test/until.ts";
import { readJanuary } from "./read-january.ts";
import { killInTurn, messageCount, patienceSeconds, shuffledTwice, untilJudged } from "./replay-january.ts";
import { type Product, startProduct } from "./start-product.ts";

let product: Product;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-flights-"));
  product = await startProduct();
  await product.tidemark("apply", "-f", flightsCatalogFile);
});
afterEach(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the month in order", async () => {
  await product.tidemark("replay", flightsMessagesFile, "--via", "http");
  await untilJudged(product, messageCount);
  expect(await readJanuary(product)).toEqual(expectedVerdicts());
});

test("shuffled, every message twice, web and evaluate killed in the middle", async () => {
  const replay = product.tidemark("replay", await shuffledTwice(folder), "--via", "http", "--rate", "4000");
  await Promise.all([replay, killInTurn(product, 2 * messageCount, ["web", "evaluate"])]);
  await until(
    "all is judged",
    async () => (await product.get<StatusJson>("/status")).dirtyHours === 0,
    patienceSeconds,
  );
  expect(await readJanuary(product)).toEqual(expectedVerdicts());
});

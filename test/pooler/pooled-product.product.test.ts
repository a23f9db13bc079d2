import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { expectedVerdicts, flightsCatalogFile } from "#test/flights.ts";
import { readJanuary } from "#test/product/read-january.ts";
import { killInTurn, messageCount, patienceSeconds, shuffledTwice } from "#test/product/replay-january.ts";
import { type Product, startProduct } from "#test/product/start-product.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";
import { pgbouncer, startPgbouncer, type TestPgbouncer } from "./pgbouncer.ts";

/** For eight processes. */
const poolSize = 4;

describe.skipIf(!pgbouncer)("the product behind PgBouncer", { meta: { needs: "pgbouncer" } }, () => {
  let folder: string;
  let postgres: TestPostgres;
  let pooler: TestPgbouncer;
  let product: Product;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tidemark-pooled-"));
    postgres = await startTestPostgres();
    await postgres.createDatabase("tidemark");
    const direct = `${postgres.url}/tidemark`;
    pooler = await startPgbouncer({ target: direct, poolSize });
    product = await startProduct({ DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: direct });
  });
  afterAll(async () => {
    await product?.stop();
    await pooler?.stop();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("a month, shuffled and twice, with processes killed, gives the verdicts of the oracle", async () => {
    await product.tidemark("apply", "-f", flightsCatalogFile);
    const replay = product.tidemark("replay", await shuffledTwice(folder), "--via", "http", "--rate", "4000");
    await Promise.all([replay, killInTurn(product, 2 * messageCount, ["evaluate", "web"])]);
    await until(
      "all is judged",
      async () => (await product.get<StatusJson>("/status")).dirtyHours === 0,
      patienceSeconds,
    );
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
    const [pool] = (await pooler.pools()).filter(({ database }) => database === "tidemark");
    process.stdout.write(`${pool?.cl_active} clients shared ${poolSize} server connections.\n`);
    expect(Number(pool?.cl_active)).toBeGreaterThan(poolSize);
  });
});

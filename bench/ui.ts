// npm run bench:ui [-- --only board]
// The speed of the built pages in a real headless Chromium, on the real API and a real PostgreSQL filled with a month of 500
// types. Each part measures one page beside a reference on the same machine in the same run.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { addHours, hourOf } from "#domain/hour.ts";
import { openDatabase } from "#server/db/database.ts";
import { freePort } from "#test/product/start-product.ts";
import { findChromium } from "../scripts/find-chromium.ts";
import { describeMachine } from "./machine.ts";
import { fillLivelyVerdicts } from "./matrix-history.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue } from "./read-history.ts";
import { measureBoard } from "./ui-board.ts";
import { measureMatrix } from "./ui-matrix.ts";
import { startWebProcess } from "./web-process.ts";

const { values } = parseArgs({ options: { only: { type: "string" } } });
// The board comes last: it doubles the types.
const parts = { matrix: measureMatrix, board: measureBoard };
const historyHours = 31 * 24;

const now = new Date();
const undo: (() => Promise<unknown>)[] = [];
try {
  const postgres = await startBenchPostgres();
  undo.push(postgres.stop);
  const database = openDatabase(postgres.url);
  const next = addHours(hourOf(now), 1);
  await fillCatalogue(database, addHours(next, -historyHours), now);
  await fillLivelyVerdicts(database, addHours(next, -historyHours), next, now);
  await database.sql.query("VACUUM ANALYZE");
  undo.push(() => database.close());
  const web = await startWebProcess(postgres.url, await freePort());
  undo.push(web.stop);
  const executablePath = findChromium();
  const args = ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  const browser = await chromium.launch({ args, ...(executablePath === null ? {} : { executablePath }) });
  undo.push(() => browser.close());
  process.stdout.write(`${describeMachine()}; Chromium ${browser.version()}, headless, no GPU\n`);
  const bench = { url: `http://127.0.0.1:${web.port}`, database };
  for (const [name, measure] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    process.stdout.write(`\n${await measure(browser, bench)}\n`);
  }
  process.stdout.write(`\nLoad of the machine over the last minute: ${loadavg()[0]?.toFixed(1)}\n`);
} finally {
  for (const step of undo.reverse()) await step();
}

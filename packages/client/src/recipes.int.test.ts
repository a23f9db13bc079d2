import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { type ServedApi, serveApi } from "../../../test/serve-api.ts";
import { openTestApi, testAdminToken } from "../../../test/test-api.ts";

// The recipes of docs/client.md, as they stand there, against the product.
const run = promisify(execFile);
const document = await readFile(join(import.meta.dirname, "../../../docs/client.md"), "utf8");
let scratch: TestDatabase;
let served: ServedApi;
let folder: string;

beforeEach(async () => {
  scratch = await createTestDatabase();
  served = await serveApi(openTestApi(scratch.database, { now: () => new Date() }).fetch);
  folder = await mkdtemp(join(tmpdir(), "tidemark-recipe-"));
});
afterEach(async () => {
  await served.stop();
  await scratch.drop();
  await rm(folder, { recursive: true });
});

function recipe(language: string): string {
  const text = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(document)?.[1];
  if (text === undefined) throw new Error(`docs/client.md has no recipe in ${language}.`);
  return text;
}

async function runRecipe(language: string, program: string, file: string) {
  const path = join(folder, file);
  await writeFile(path, recipe(language));
  const env = { ...process.env, TIDEMARK_URL: served.url, TIDEMARK_TOKEN: testAdminToken };
  await run(program, [path], { env });
  const { rows } = await scratch.database.sql.query(
    `SELECT r.stage, r.events::int, w.watermark::text IS NOT NULL OR m.closed_at IS NOT NULL AS closed
       FROM report r LEFT JOIN watermark w USING (event_type_id) LEFT JOIN hour_marker m USING (event_type_id)`,
  );
  return rows;
}

function has(program: string): boolean {
  const found = spawnSync(program, ["--version"]).status === 0;
  if (!found) process.stderr.write(`Skipped: a recipe of docs/client.md, for this machine has no ${program}.\n`);
  return found;
}

test.skipIf(!has("python3"))("Python", { meta: { needs: "python3" } }, async () => {
  expect(await runRecipe("python", "python3", "report.py")).toEqual([{ stage: 3, events: 120_345, closed: true }]);
});

test.skipIf(!has("java"))("Java", { meta: { needs: "java" } }, async () => {
  expect(await runRecipe("java", "java", "Report.java")).toEqual([{ stage: 1, events: 120_350, closed: true }]);
});

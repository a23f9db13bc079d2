import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childEnvironment } from "#server/config.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const nothing = { DATABASE_URL: null, PUBSUB_PROJECT_ID: null, PUBSUB_EMULATOR_HOST: null, KAFKA_BROKERS: null };

/** Runs a file by itself, from a folder that is not Tidemark's, until it ends. */
function run(file: string, settings: Record<string, string | null>): Promise<{ code: number; said: string }> {
  const path = join(import.meta.dirname, "..", file);
  const options = { cwd: tmpdir(), env: childEnvironment({ ...nothing, ...settings }) };
  return new Promise((resolve) => {
    execFile(process.execPath, [path], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}`.trim() }),
    );
  });
}

test.each(["web", "ingest", "evaluate", "alert", "notify", "forecast", "maintain", "collect"])(
  "%s without a database refuses with the setting's name and nothing else",
  async (name) => {
    const { code, said } = await run(`workers/${name}/main.ts`, {});
    expect(code).toBe(78);
    expect(said).toBe(
      "DATABASE_URL is not set: set it to run this process by itself, or start everything with `npm start`.",
    );
  },
);

test("ingest refuses without a queue", async () => {
  const { code, said } = await run("workers/ingest/main.ts", { DATABASE_URL: db.url });
  expect(code).toBe(78);
  expect(said).toMatch(/^Neither PUBSUB_PROJECT_ID nor KAFKA_BROKERS is set/);
});

test("a file that a setting names and that is missing ends ingest with the setting's name", async () => {
  const kafka = { KAFKA_BROKERS: "127.0.0.1:1", KAFKA_TLS: "yes", KAFKA_TLS_CA: "/missing/ca.pem" };
  const { code, said } = await run("workers/ingest/main.ts", { DATABASE_URL: db.url, ...kafka });
  expect(code).toBe(78);
  expect(said).toMatch(/^KAFKA_TLS_CA: the file "\/missing\/ca\.pem" cannot be read/);
});

test("two migrations of an empty database at once: one applies everything, the other nothing", async () => {
  const name = `${db.name}_empty`;
  await db.database.sql.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(db.url);
  url.pathname = `/${name}`;
  const both = await Promise.all([1, 2].map(() => run("scripts/migrate.ts", { DATABASE_URL: url.href })));
  await db.database.sql.query(`DROP DATABASE ${name}`);
  const [first, second] = both.map(({ said }) => said).sort();
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(first).toMatch(/^Applied 20261122000000_foundation, /);
  expect(second).toBe("Nothing to apply.");
});

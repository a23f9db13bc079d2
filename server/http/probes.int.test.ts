import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "#server/access/context.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import type { ApiDeps } from "./api-deps.ts";
import { createMetrics } from "./metrics.ts";
import { answerHealth, answerMetrics, answerReadiness } from "./probes.ts";

const migrations = join(import.meta.dirname, "../../prisma/migrations");
const away = openDatabase("postgres://nobody:x@127.0.0.1:1/none");
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await away.close();
  await test.drop();
});

const clock = { now: () => new Date("2026-11-22T13:20:00Z"), speed: 1, toRealMs: (ms: number) => ms };
const depsOf = (database: Database) => {
  const log = { error: () => undefined, warn: () => undefined };
  const settings = { version: "0.0.0-test", drill: false, pubsub: false };
  return { database, clock, log, verdicts: { watches: 3 }, ...settings } as unknown as ApiDeps;
};
const contextOf = (database: Database): Context => ({ database, clock, actor: "test", scopes: new Set(["read"]) });

it("health asks nothing", async () => {
  expect(answerHealth().status).toBe(200);
});

it("ready with the schema of this version; not with another's, nor without a database", async () => {
  const ready = await answerReadiness(depsOf(test.database), {
    migrationsFolder: migrations,
    isServing: true,
    servingOnly: false,
    withReasons: true,
  });
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", reasons: [] }]);
  const folder = await mkdtemp(join(tmpdir(), "tidemark-migrations-"));
  await mkdir(join(folder, "20990101000000_later"));
  const behind = await answerReadiness(depsOf(test.database), {
    migrationsFolder: folder,
    isServing: true,
    servingOnly: true,
    withReasons: true,
  });
  await rm(folder, { recursive: true });
  expect([behind.status, await behind.json()]).toEqual([
    503,
    { status: "not ready", reasons: ["The database lacks 20990101000000_later: `npm start` applies what is missing."] },
  ]);
  const unreachable = await answerReadiness(depsOf(away), {
    migrationsFolder: migrations,
    isServing: true,
    servingOnly: true,
    withReasons: true,
  });
  expect(unreachable.status).toBe(503);
  expect(await unreachable.text()).not.toContain("127.0.0.1");
});

it("metrics hold the database's totals for all processes, and say when it is away", async () => {
  await test.database.sql.query(
    "INSERT INTO ingest_worker VALUES ('a', '2026-11-22T13:19:00Z', 5, 1), ('b', '2026-11-22T13:19:30Z', 7, 2)",
  );
  const metrics = createMetrics();
  for (let scrape = 0; scrape < 2; scrape += 1) {
    const text = await (await answerMetrics(contextOf(test.database), depsOf(test.database), metrics)).text();
    expect(text).toMatch(/^tidemark_ingest_messages_total 12$/m);
    expect(text).toMatch(/^tidemark_ingest_rejected_total 3$/m);
    expect(text).toMatch(/^tidemark_telemetry_age_seconds 30$/m);
    expect(text).toMatch(/^tidemark_verdicts_pending 0$/m);
    expect(text).toMatch(/^tidemark_gate_held_requests 3$/m);
    expect(text).toMatch(/^tidemark_database_up 1$/m);
    expect(text).toMatch(/^tidemark_deliveries\{producer="subscription",state="queued"\} 0$/m);
  }
  const text = await (await answerMetrics(contextOf(away), depsOf(away), metrics)).text();
  expect(text).toMatch(/^tidemark_database_up 0$/m);
  expect(text).toMatch(/^tidemark_verdicts_pending Nan$/m);
});

it("metrics say how the export to Cloud Monitoring is, where the setting asks for one", async () => {
  const metrics = createMetrics();
  const exporting = { ...depsOf(test.database), metricExportProject: "music" };
  const scrape = async (deps: ApiDeps) => (await answerMetrics(contextOf(test.database), deps, metrics)).text();
  expect(await scrape(exporting)).toMatch(/^tidemark_metric_export_age_seconds\{project="music"\} Nan$/m);
  await test.database.sql.query(
    `INSERT INTO metric_export (project, point_at, written_at, series, event_types_left_out, points_written, points_not_written)
     VALUES ('music', now(), now(), 40, 3, 400, 20)`,
  );
  const text = await scrape(exporting);
  expect(text).toMatch(/^tidemark_metric_export_age_seconds\{project="music"\} \d/m);
  expect(text).toMatch(/^tidemark_metric_export_series\{project="music"\} 40$/m);
  expect(text).toMatch(/^tidemark_metric_export_event_types_left_out\{project="music"\} 3$/m);
  expect(text).toMatch(/^tidemark_metric_export_points_total\{project="music",outcome="not_written"\} 20$/m);
  expect(await scrape(depsOf(test.database))).not.toMatch(/^tidemark_metric_export/m);
});

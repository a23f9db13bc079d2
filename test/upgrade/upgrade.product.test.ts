import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { childEnvironment } from "#server/config.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { thisMachine } from "#test/fleet/network.ts";
import { type FleetProcess, startProcess } from "#test/fleet/processes.ts";
import { expectedVerdicts, flightsCatalogFile, readFlightEvents } from "#test/flights.ts";
import { readJanuary } from "#test/product/read-january.ts";
import { messageCount, patienceSeconds } from "#test/product/replay-january.ts";
import { freePort, getJson } from "#test/product/start-product.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";
import { checkOutPreviousRelease, type Release, whyNoPreviousRelease } from "./previous-release.ts";

// The previous release's processes run on while this version migrates their database, and are then replaced one by one.
const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const noRelease = whyNoPreviousRelease();
const workers = ["evaluate", "alert", "notify", "forecast", "maintain"] as const;
const batchSize = 200;
/** Of pino, in which the previous release logs: error and fatal. */
const errorLevel = 50;

describe.skipIf(noRelease !== null)("a rolling upgrade", { meta: { needs: "the previous release's commit" } }, () => {
  const token = `tm_${randomBytes(24).toString("base64url")}`;
  let release: Release;
  let postgres: TestPostgres;
  let databaseUrl: string;
  let dataFolder: string;
  const started: FleetProcess[] = [];

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), "tidemark-upgrade-"));
    release = await checkOutPreviousRelease();
    postgres = await startTestPostgres();
    await postgres.createDatabase("tidemark");
    databaseUrl = `${postgres.url}/tidemark`;
  });
  afterAll(async () => {
    await Promise.all(started.map((process) => process.kill()));
    await postgres?.stop();
    await release?.remove();
    await rm(dataFolder, { recursive: true, force: true });
  });

  const environment = (more: Record<string, string> = {}) =>
    childEnvironment({
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      TIDEMARK_ADMIN_TOKEN: token,
      TIDEMARK_TOKEN: token,
      TIDEMARK_DATA_DIR: dataFolder,
      TIDEMARK_LOG_FORMAT: "json",
      PUBSUB_PROJECT_ID: null,
      PUBSUB_EMULATOR_HOST: null,
      ...more,
    });

  function start(folder: string, ...command: string[]): FleetProcess {
    const process = startProcess({ machine: thisMachine, command, env: environment(), folder });
    started.push(process);
    return process;
  }

  async function startApi(folder: string, script: string): Promise<{ url: string; process: FleetProcess }> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const process = start(folder, script, String(port));
    await until(
      "its API answers",
      async () => (await getJson(`${url}/api/v1/status`, token)) !== null || process.output(),
    );
    return { url, process };
  }

  test("loses nothing, and no process of the previous release fails by a migration", async () => {
    await run(process.execPath, ["scripts/migrate.ts"], { cwd: release.folder, env: environment() });
    const old = await startApi(release.folder, "serve-api.mjs");
    const oldWorkers = workers.map((worker) => start(release.folder, `workers/${worker}/main.ts`));
    const env = environment({ TIDEMARK_URL: old.url });
    await run(process.execPath, ["cli/main.ts", "apply", "-f", flightsCatalogFile], { cwd: release.folder, env });

    const doors = [old.url];
    const sending = sendAll(doors, token);
    const taken = async () => (await getJson<StatusJson>(`${doors[0]}/api/v1/status`, token)).ingest.messages;
    const untilTaken = (share: number) =>
      until(`${share} of the month is taken`, async () => (await taken()) >= messageCount * share, patienceSeconds);
    await untilTaken(0.25);
    expect((await migrateDatabase(databaseUrl)).length).toBeGreaterThan(0);
    // The previous release alone, on this version's schema.
    await untilTaken(0.5);

    const own = await startApi(root, "test/upgrade/serve-api.mjs");
    doors.push(own.url);
    for (const worker of [...workers, "collect"]) start(root, `workers/${worker}/main.ts`);
    await untilTaken(0.75);
    doors.shift();
    const codes = await Promise.all([old.process, ...oldWorkers].map((process) => process.stop()));
    await sending;

    await until(
      "all is judged",
      async () => (await getJson<StatusJson>(`${own.url}/api/v1/status`, token)).dirtyHours === 0,
      patienceSeconds,
    );
    expect(await taken()).toBeGreaterThanOrEqual(messageCount);
    const product = { get: <T>(path: string) => getJson<T>(`${own.url}/api/v1${path}`, token) };
    expect(await readJanuary(product)).toEqual(expectedVerdicts());
    const errors = [old.process, ...oldWorkers].flatMap((process) => errorsOf(process));
    expect({ codes, errors }).toEqual({ codes: codes.map(() => 0), errors: [] });
  });
});

/** Each batch to the next of the doors that are open by then, until one has taken it. */
async function sendAll(doors: readonly string[], token: string): Promise<void> {
  const events = readFlightEvents();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/cloudevents-batch+json" };
  for (let at = 0, turn = 0; at < events.length; turn += 1) {
    const body = JSON.stringify(events.slice(at, at + batchSize));
    const url = `${doors[turn % doors.length]}/api/v1/events`;
    const answer = await fetch(url, { method: "POST", headers, body }).catch(() => null);
    if (answer?.status === 202) at += batchSize;
    await answer?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function errorsOf(process: FleetProcess): string[] {
  return process
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{") && Number((JSON.parse(line) as { level?: number }).level) >= errorLevel);
}

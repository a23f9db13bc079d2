import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { type ServedApi, serveApi } from "../../../test/serve-api.ts";
import { openTestApi, testAdminToken } from "../../../test/test-api.ts";
import { until } from "../../../test/until.ts";
import { httpTransport, openReporter, type Reporter, type ReporterOptions } from "./index.ts";

let scratch: TestDatabase;
let served: ServedApi;
let folder: string;
let errors: Error[];
let reporters: Reporter[];

beforeEach(async () => {
  scratch = await createTestDatabase();
  served = await serveApi(openTestApi(scratch.database, { now: () => new Date() }).fetch);
  folder = await mkdtemp(join(tmpdir(), "tidemark-client-"));
  errors = [];
  reporters = [];
});
afterEach(async () => {
  await Promise.all(reporters.map((reporter) => reporter.close({ withinMs: 0 })));
  await served.stop();
  await scratch.drop();
  await rm(folder, { recursive: true });
});

async function open(options: Partial<ReporterOptions> = {}): Promise<Reporter> {
  const transport = httpTransport({ url: served.url, token: testAdminToken, timeoutMs: 2_000 });
  const onError = (error: Error) => errors.push(error);
  const reporter = await openReporter({
    dc: "lon",
    reporter: "svc",
    transport,
    flushEveryMs: 3_600_000,
    onError,
    ...options,
  });
  reporters.push(reporter);
  return reporter;
}

async function totals() {
  const { rows } = await scratch.database.sql.query<{ stage: number; events: number; reporters: number }>(
    "SELECT stage, sum(events)::int AS events, count(DISTINCT reporter_id)::int AS reporters FROM report GROUP BY 1 ORDER BY 1",
  );
  return rows;
}

const hour = "2026-11-22T13";
const endsAt = new Date("2026-11-22T14:00:00Z");

test("counts, watermarks, markers, heartbeats, deployments and backlogs arrive as they were said", async () => {
  const reporter = await open();
  for (let at = 0; at < 5; at += 1)
    reporter.count("EndSong", { stage: "produced", at: new Date("2026-11-22T13:59:59Z") });
  reporter.count("EndSong", { stage: "delivered", at: hour, landedAt: "2026-11-22T14", events: 4, bytes: 400 });
  reporter.watermark("EndSong", endsAt);
  reporter.watermark("EndSong", new Date("2026-11-22T12:00:00Z"));
  reporter.closeHour("AdImpression", hour, "gs://bucket/13");
  reporter.heartbeat({ component: "exporter", instance: "a", version: "1.2.0" });
  reporter.deployment({ component: "exporter", version: "1.2.0", deployedBy: "ci" });
  reporter.backlog({ eventType: "EndSong", stage: "delivered", oldestAgeSeconds: 12.5 });
  await reporter.flush();

  expect(await totals()).toEqual([
    { stage: 1, events: 5, reporters: 1 },
    { stage: 3, events: 4, reporters: 1 },
  ]);
  const { rows } = await scratch.database.sql.query(
    `SELECT (SELECT watermark FROM watermark) AS watermark, (SELECT location FROM hour_marker) AS location,
            (SELECT version FROM component_instance) AS running, (SELECT deployed_by FROM deployment) AS "deployedBy",
            (SELECT oldest_age_seconds FROM backlog) AS "oldestAgeSeconds"`,
  );
  expect(rows).toEqual([
    { watermark: endsAt, location: "gs://bucket/13", running: "1.2.0", deployedBy: "ci", oldestAgeSeconds: 12.5 },
  ]);
  expect(errors).toEqual([]);
});

test("a restart with a state file goes on under the same name; without one it takes another; both add up", async () => {
  const stateFile = join(folder, "state.json");
  const first = await open({ stateFile });
  first.count("EndSong", { stage: "produced", at: hour, events: 10 });
  await first.flush();
  const second = await open({ stateFile });
  second.count("EndSong", { stage: "produced", at: hour, events: 5 });
  await second.flush();
  expect(await totals()).toEqual([{ stage: 1, events: 15, reporters: 1 }]);

  const third = await open();
  third.count("EndSong", { stage: "produced", at: hour, events: 2 });
  await third.flush();
  expect(await totals()).toEqual([{ stage: 1, events: 17, reporters: 2 }]);
});

test("while Tidemark is away counts go on in memory, and arrive when it is back", async () => {
  const reporter = await open();
  await served.stop();
  reporter.count("EndSong", { stage: "produced", at: hour, events: 1 });
  const flushing = reporter.flush();
  await until("it was tried", async () => errors.length > 0);
  reporter.count("EndSong", { stage: "produced", at: hour, events: 1 });
  await served.start();
  await flushing;
  await reporter.flush();
  expect(await totals()).toMatchObject([{ events: 2 }]);
  expect(errors[0]?.message).toContain("is unreachable");
});

test("a state file that is something else is refused with a sentence that says what to do", async () => {
  const stateFile = join(folder, "state.json");
  await writeFile(stateFile, "{}");
  await expect(open({ stateFile })).rejects.toThrow("Move it away");
  expect(await readFile(stateFile, "utf8")).toBe("{}");
});

test("closing ends in time although the rest is not accepted, and reports it", async () => {
  await served.stop();
  const reporter = await open();
  reporter.count("EndSong", { stage: "produced", at: hour });
  await reporter.close({ withinMs: 2_000 });
  expect(errors.length).toBeGreaterThan(0);
  await served.start();
});

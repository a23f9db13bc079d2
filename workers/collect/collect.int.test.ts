import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { BatchWriter } from "#server/facts/index.ts";
import { createLog } from "#server/process/log.ts";
import { readSource } from "#server/sources/index.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";
import { ManualClock, unwatched, workerContext } from "#test/worker-context.ts";
import type { CollectorKind, LookAt } from "./collector.ts";
import { collectAll } from "./loop.ts";

let db: TestDatabase;
const clock = new ManualClock("2026-11-22T13:20:00Z");
let stopping: AbortController;
let running: Promise<void>[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock.set("2026-11-22T13:20:00Z");
  stopping = new AbortController();
  running = [];
  await db.database.sql.query("TRUNCATE source CASCADE");
});
afterEach(async () => {
  stopping.abort();
  await Promise.all(running);
});

const nothing = { events: [], readings: [], resources: [], problems: [], calls: 1 };
const spec = (project: string, more: object = {}) => ({
  ...more,
  cloudMonitoring: { project, jobs: [{ match: "x", eventType: "A", datacenter: "d" }] },
});
async function put(name: string, stored: object) {
  await db.database.sql.query(
    `INSERT INTO source (name, spec, updated_at, updated_by) VALUES ($1, $2, now(), 'test')
     ON CONFLICT (name) DO UPDATE SET spec = excluded.spec`,
    [name, JSON.stringify(stored)],
  );
}
const read = (name: string) => readSource({ ctx: workerContext(db.database, clock), input: { name } });

function start(cloudMonitoring: CollectorKind, instance = "test") {
  const log = createLog({ name: "collect", level: "error", format: "json" });
  running.push(
    collectAll({
      ctx: workerContext(db.database, clock),
      instance,
      log: { ...log, error: () => undefined } as unknown as typeof log,
      ...unwatched,
      signal: stopping.signal,
      wait: () => new Promise((resolve) => setTimeout(resolve, 5)),
      writer: new BatchWriter({ database: db.database, clock, instance }),
      collectors: { cloudMonitoring },
    }),
  );
}
function kind(collect: (look: LookAt) => Promise<typeof nothing>, boundSeconds = 50) {
  const opened: string[] = [];
  const closed: string[] = [];
  const made: CollectorKind = {
    everySeconds: 60,
    boundSeconds,
    open: async ({ cloudMonitoring: { project = "" } = {} }) => {
      opened.push(project);
      return { collect, close: async () => void closed.push(project) };
    },
  };
  return { made, opened, closed };
}

test("a source that hangs or fails delays no other, and its failure says why", async () => {
  await put("fine", spec("fine"));
  await put("hangs", spec("hangs"));
  await put("fails", spec("fails"));
  await put("broken", { cloudMonitoring: {} });
  const looks: string[] = [];
  const { made } = kind(({ name, signal }) => {
    looks.push(name);
    if (name === "fails") return Promise.reject(new Error("Permission denied on the project."));
    if (name === "hangs")
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    return Promise.resolve(nothing);
  }, 1);
  start(made);
  await until("it is recorded", async () => (await read("hangs")).state === "failing");
  expect(await read("fine")).toMatchObject({ state: "working" });
  expect(await read("fails")).toMatchObject({ state: "failing", run: { error: "Permission denied on the project." } });
  expect(await read("hangs")).toMatchObject({ run: { error: expect.stringContaining("did not answer within 1 s") } });
  expect(await db.database.sql.query("SELECT error FROM source_run WHERE source = 'broken'")).toMatchObject({
    rows: [{ error: expect.stringMatching(/^Its spec is invalid\. Apply it again\. .*project/) }],
  });
  expect(looks.filter((name) => name === "fine").length).toBe(1);
});

test("a source is looked at again when its time comes, by a new collector when its spec changed, and not while disabled", async () => {
  await put("google", spec("one"));
  let looks = 0;
  const { made, opened, closed } = kind(async () => {
    looks += 1;
    return nothing;
  });
  start(made);
  await until("it is recorded", async () => (await read("google")).run !== null);
  clock.set("2026-11-22T13:21:00Z");
  await until("it was looked at", async () => looks === 2);
  await put("google", spec("two"));
  // A loop that read the sources just before this still has the old spec.
  await until("the old collector is closed", async () => closed.length === 1);
  clock.set("2026-11-22T13:22:00Z");
  await until("it was looked at", async () => looks === 3);
  expect([opened, closed]).toEqual([["one", "two"], ["one"]]);
  await put("google", spec("two", { enabled: false }));
  await until("it was looked at", async () => closed.length === 2);
  expect((await read("google")).state).toBe("disabled");
  // A clock that jumped back does not stop it until it is there again.
  await put("google", spec("three"));
  clock.set("2026-11-22T09:00:00Z");
  await until("it was looked at", async () => looks === 4);
});

test("of two processes one collects, and the other goes on when it ends", async () => {
  await put("google", spec("one"));
  const first = kind(async () => nothing);
  start(first.made, "first");
  await until("it is recorded", async () => (await read("google")).run !== null);
  const firstStopping = stopping;
  stopping = new AbortController();
  const second = kind(async () => nothing);
  start(second.made, "second");
  clock.set("2026-11-22T13:21:00Z");
  await until("it is recorded", async () => (await read("google")).run?.startedAt === "2026-11-22T13:21:00.000Z");
  expect(second.opened).toEqual([]);
  firstStopping.abort();
  await running[0];
  clock.set("2026-11-22T13:22:00Z");
  await until("it was looked at", async () => second.opened.length === 1);
});

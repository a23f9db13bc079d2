import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TurnName } from "#domain/turn.ts";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import { createLog } from "#server/process/log.ts";
import { HourStory } from "#test/hour-story.ts";
import { until } from "#test/until.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { moveFacts } from "./corrections-loop.ts";
import { evaluate } from "./loop.ts";

let story: HourStory;
let completed: Set<TurnName>;
let stopping: AbortController;
let running: Promise<unknown>;
const hour = "2026-11-22T12";

beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z" });
  await story.count({ dc: "east", stage: "produced", hour, events: 5 });
  await story.judge();
});
afterEach(async () => {
  stopping.abort();
  await running;
  await story.end();
});

const sql = (statement: string) => story.test.database.sql.query(statement);
const produced = async () => (await story.get(`/event-types/EndSong/hours/${hour}`)).body.produced;

/** As a request leaves it that died before it moved a fact. */
const correct = () =>
  sql(
    `INSERT INTO correction (action, event_type_id, datacenter_id, observed_through, reason, created_at, created_by)
     SELECT 'discard-counts', t.id, d.id, '2026-11-22T13:20:00Z', 'wrong', now(), 'ann' FROM event_type t, datacenter d WHERE d.name = 'east'`,
  );
const isApplied = async () => (await sql("SELECT FROM correction WHERE applied_at IS NOT NULL")).rowCount === 1;

function start(): void {
  completed = new Set();
  stopping = new AbortController();
  const { signal } = stopping;
  const silent = createLog({ name: "evaluate", level: "error", format: "json" }).child({}, { level: "silent" });
  const turns = { ...unwatched.turns, completed: (name: TurnName) => completed.add(name) };
  const ctx = workerContext(story.test.database, story.clock);
  const pause = () => sleep(20, undefined, { signal }).catch(() => undefined);
  const parts = { ...unwatched, ctx, log: silent, turns, signal, instance: "test" };
  running = Promise.all([
    evaluate({ ...parts, onJudged: notifySubscribers, awaitWork: pause }),
    moveFacts({ ...parts, wait: pause }),
  ]);
}

test("a correction that fails keeps no hour from being judged, and does not count as a turn", async () => {
  await sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$");
  await sql("CREATE TRIGGER refuse BEFORE INSERT ON set_aside_report EXECUTE FUNCTION refuse()");
  await correct();
  start();
  await story.count({ dc: "east", stage: "produced", hour, events: 9 });
  await until("it is judged", async () => (await produced()) === 9);
  await until("names are looked after", async () => completed.has("purges"));
  expect(completed.has("corrections")).toBe(false);
  await sql("DROP TRIGGER refuse ON set_aside_report");
  await until("it is applied once nothing refuses it", isApplied);
  await until("that counts as a turn", async () => completed.has("corrections"));
});

test("a correction that waits for a lock holds up no judge", async () => {
  await correct();
  await story.test.database.transaction(async (tx) => {
    await tx.query("LOCK TABLE set_aside_report IN ACCESS EXCLUSIVE MODE");
    start();
    await until("it waits", async () => (await sql("SELECT FROM pg_locks WHERE NOT granted")).rowCount === 1);
    // The current hour's creation and verdict need no fact: writers of facts wait behind the gate that the correction holds.
    story.clock.set("2026-11-22T14:00:01Z");
    await until("the hour that began is judged", async () => {
      const { rowCount } = await sql("SELECT FROM verdict WHERE hour = '2026-11-22T14:00Z' AND revision > 0");
      return rowCount === 1;
    });
    expect(await isApplied()).toBe(false);
  });
  await until("it is applied", isApplied);
});

test("a judge that fails keeps no correction from being applied", async () => {
  await sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$");
  await sql("CREATE TRIGGER refuse BEFORE UPDATE ON verdict EXECUTE FUNCTION refuse()");
  await correct();
  start();
  await until("it is applied", isApplied);
  await sql("DROP TRIGGER refuse ON verdict");
  await until("the hour is judged without its counts", async () => (await produced()) === 0);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import { createLog } from "#server/process/log.ts";
import { ClockCheck } from "#server/turns/clock-check.ts";
import { HourStory } from "#test/hour-story.ts";
import { until } from "#test/until.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { evaluate } from "./loop.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z" });
});
afterEach(() => story.end());

test("a clock more than 30 s from the database's judges nothing and creates no hour; once it agrees, all is made up for", async () => {
  let aheadMs = -31_000;
  const said: (number | null)[] = [];
  const { database } = story.test;
  const clockCheck = new ClockCheck({
    sql: database.sql,
    onChange: (offset) => said.push(offset),
    realNowMs: () => Date.now() + aheadMs,
  });
  await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 5 });
  story.clock.set("2026-11-22T15:00:00Z");
  const dirtyHours = async () => (await story.get("/status")).body.dirtyHours;
  const before = await dirtyHours();
  const stopping = new AbortController();
  let rounds = 0;
  const running = evaluate({
    ctx: workerContext(database, story.clock),
    instance: "test",
    log: createLog({ name: "evaluate", level: "error", format: "json" }),
    turns: unwatched.turns,
    clockCheck,
    onJudged: notifySubscribers,
    signal: stopping.signal,
    awaitWork: async () => {
      rounds += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  await until("it came round some times", () => Promise.resolve(rounds > 10));
  expect([before, await dirtyHours()]).toEqual([before, before]);
  expect(before).toBeGreaterThan(0);
  expect(said).toEqual([expect.closeTo(-31_000, -4)]);
  aheadMs = 0;
  await until("every hour is judged", async () => (await dirtyHours()) === 0);
  expect(said.at(-1)).toBeNull();
  stopping.abort();
  await running;
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SendOutcome } from "#domain/notification.ts";
import { addCounts, readCounts } from "#server/outbox/index.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { passOutboxTime, sendDue } from "#test/outbox.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { channelProducer } from "./channel-producer.ts";
import { flushNextGroup } from "./flush-group.ts";

let db: TestDatabase;
let clock: ManualClock;
let story: AlertStory;
let answer: SendOutcome;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.database.sql.query(
    "TRUNCATE delivery, notification_group, incident, alert, silence, channel, routing_tree, notification_count CASCADE",
  );
  clock = new ManualClock("2026-11-23T01:00:00Z");
  story = new AlertStory(db.database, clock);
  answer = { outcome: "sent", detail: "ok" };
  await story.channel("hook", { type: "webhook", url: "https://hooks.example.com/a" });
  await story.everythingTo(["hook"]);
});

const labels = (cause: string) => ({ alertname: "late", severity: "page", cause });

async function flushAndSend(): Promise<void> {
  const ctx = { ...workerContext(db.database, clock), send: async () => answer };
  while (await flushNextGroup({ ctx }));
  await sendDue(ctx, channelProducer(ctx));
}

/** Five minutes later: a group's next decision. */
async function later(): Promise<void> {
  clock.set(new Date(clock.now().getTime() + 300_000).toISOString());
  await passOutboxTime(db.database, 300);
  await flushAndSend();
}

const counts = async () =>
  Object.fromEntries(
    (await readCounts(db.database.sql)).map(({ channelKind, outcome, total }) => [`${channelKind} ${outcome}`, total]),
  );

test("a notification is counted as sent, and its alerts as unchanged each time there is nothing new", async () => {
  await story.alert("a", "firing", labels("x"), null);
  await flushAndSend();
  expect(await counts()).toEqual({ "webhook sent": 1 });
  await later();
  await later();
  expect(await counts()).toEqual({ "webhook sent": 1, "webhook unchanged": 2 });
});

test("a silenced alert is counted under its silence", async () => {
  await story.silence('cause="x"');
  await story.alert("a", "firing", labels("x"), null);
  await flushAndSend();
  expect(await counts()).toEqual({ "webhook silence": 1 });
});

test("an inhibited alert is counted under inhibition", async () => {
  await story.tree({
    route: { receiver: "team", groupBy: ["alertname"], groupWait: "0s" },
    receivers: [{ name: "team", channels: ["hook"] }],
    inhibitRules: [{ sourceMatchers: ["alertname=down"], targetMatchers: ["alertname=late"], equal: ["cause"] }],
  });
  await story.alert("source", "firing", { ...labels("x"), alertname: "down" }, null);
  await story.alert("target", "firing", labels("x"), null);
  await flushAndSend();
  expect(await counts()).toEqual({ "webhook sent": 1, "webhook inhibition": 1 });
});

test("alerts outside the route's times are counted under time, and without channels under the kind none", async () => {
  await story.tree({
    route: { receiver: "team", groupWait: "0s", routes: [{ receiver: "team", muteTimeIntervals: ["always"] }] },
    receivers: [{ name: "team", channels: [] }],
    timeIntervals: [{ name: "always", timeIntervals: [{ times: [{ startTime: "00:00", endTime: "24:00" }] }] }],
  });
  await story.alert("a", "firing", labels("x"), null);
  await flushAndSend();
  expect(await counts()).toEqual({ "none time": 1 });
});

test("an attempt that fails is counted as retried or failed, under the channel's kind", async () => {
  answer = { outcome: "retryable", detail: "HTTP 503" };
  await story.alert("a", "firing", labels("x"), null);
  await flushAndSend();
  expect(await counts()).toEqual({ "webhook retried": 1 });
  answer = { outcome: "permanent", detail: "HTTP 400" };
  await passOutboxTime(db.database, 60);
  await flushAndSend();
  expect(await counts()).toEqual({ "webhook retried": 1, "webhook failed": 1 });
});

test("a notification whose incident ended meanwhile is counted as withdrawn", async () => {
  const incident = await story.incident("x");
  await story.channel("ops", { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } });
  await story.everythingTo(["ops"]);
  await story.alert("a", "firing", labels("x"), incident);
  const ctx = { ...workerContext(db.database, clock), send: async () => answer };
  while (await flushNextGroup({ ctx }));
  await db.database.sql.query("UPDATE incident SET state = 'resolved', resolved_at = now()");
  await sendDue(ctx, channelProducer(ctx));
  expect(await counts()).toEqual({ "pagerduty withdrawn": 1 });
});

test("what many transactions count at once adds up, and what fails is not counted", async () => {
  const add = (outcome: "silence" | "unchanged") => ({ channelKind: "webhook", outcome, total: 2 });
  await Promise.all(
    Array.from({ length: 40 }, () =>
      db.database.transaction((tx) => addCounts(tx, [add("unchanged"), add("silence")])),
    ),
  );
  const failing = db.database.transaction(async (tx) => {
    await addCounts(tx, [add("silence")]);
    throw new Error("planted");
  });
  await expect(failing).rejects.toThrow("planted");
  expect(await counts()).toEqual({ "webhook silence": 80, "webhook unchanged": 80 });
});

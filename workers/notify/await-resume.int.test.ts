import { afterAll, beforeAll, expect, test } from "vitest";
import { holdSending, resumeSending } from "#server/db/sending-hold.ts";
import { createClock } from "#server/process/clock.ts";
import { readBehind } from "#server/turns/index.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { type NotifyProcess, startNotify } from "#test/notify-process.ts";
import { until } from "#test/until.ts";

const clock = createClock({ setting: null });
let db: TestDatabase;
let receiver: HttpReceiver;
let worker: NotifyProcess | undefined;

beforeAll(async () => {
  db = await createTestDatabase();
  receiver = await startHttpReceiver();
});
afterAll(async () => {
  await worker?.kill();
  await receiver.stop();
  await db.drop();
});

test("a worker that starts while sending is held decides and sends nothing, says so and keeps running; then what waited is sent", async () => {
  const { sql } = db.database;
  const story = new AlertStory(db.database, clock);
  await story.channel("hook", { type: "webhook", url: receiver.url, allowPrivate: true });
  await story.everythingTo(["hook"]);
  await story.alert("a", "firing", { alertname: "late", severity: "page", cause: "ams" }, await story.incident("ams"));
  await holdSending(sql, "drill.tidemark");
  const held = startNotify(db.url);
  worker = held;
  await until("the worker says that it is held", async () => held.output().includes("Notifications are held"));
  const reportedAgain = async () => {
    const { rows } = await sql.query<{ reports: boolean }>(
      "SELECT bool_and(reported_at > since + interval '3 seconds') AS reports FROM worker_turn",
    );
    return rows[0]?.reports === true;
  };
  await until("its loops report for some seconds", reportedAgain);
  expect(await story.deliveries()).toEqual([]);
  expect(receiver.received).toEqual([]);
  expect(await readBehind(sql, { clock, pubsub: false })).toContainEqual(
    expect.objectContaining({ what: "delivery", message: expect.stringContaining("held since a restore") }),
  );
  expect(await resumeSending(sql)).toBe("drill.tidemark");
  await until("the page is sent", async () => (await story.deliveries()).some(({ state }) => state === "sent"));
  expect(receiver.received).toHaveLength(1);
  expect(held.output()).toContain("Notifications are resumed.");
  const behind = await readBehind(sql, { clock, pubsub: false });
  expect(behind.map(({ message }) => message).join()).not.toContain("held");
});

test("a worker that is held stops cleanly", async () => {
  await worker?.stop();
  await holdSending(db.database.sql, "drill.tidemark");
  const held = startNotify(db.url);
  worker = held;
  await until("the worker says that it is held", async () => held.output().includes("Notifications are held"));
  await held.stop();
  expect(held.output()).not.toMatch(/"severity":"(ERROR|CRITICAL)"/);
});

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createClock } from "#server/process/clock.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { notification } from "#test/notification.ts";
import { type NotifyProcess, startNotify } from "#test/notify-process.ts";
import { until } from "#test/until.ts";
import { writeDelivery } from "./write-delivery.ts";

// The processes, PostgreSQL and the receiver are real.
const clock = createClock({ setting: null });
let db: TestDatabase;
let receiver: HttpReceiver;
let workers: NotifyProcess[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  receiver = await startHttpReceiver();
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  workers = [];
});
afterAll(async () => {
  await receiver.stop();
  await db.drop();
});

/** As on a busy database: what was sent is recorded in a transaction that takes a while. */
async function recordSlowly(): Promise<void> {
  await db.database.sql.query(
    `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$`,
  );
  await db.database.sql.query(
    `CREATE TRIGGER dawdle BEFORE UPDATE OF state ON delivery
        FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION dawdle()`,
  );
}

/** One of a thread; the thread's later ones say something else, so that none takes the place of another. */
async function write(thread: number, sequence: number): Promise<void> {
  const dedupKey = `thread-${thread}:${sequence}`;
  const status = sequence % 2 === 0 ? "resolved" : "firing";
  await db.database.transaction((tx) =>
    writeDelivery(tx, {
      channel: "hook",
      notification: notification({ dedupKey, threadKey: `thread-${thread}`, incident: null, kind: "escalate", status }),
      incidentId: null,
      at: clock.now(),
    }),
  );
}

test("two workers, a thread's next message queued while the one before it is recorded: each is sent exactly once, in order", async () => {
  const story = new AlertStory(db.database, clock);
  await story.channel("hook", { type: "webhook", url: receiver.url, allowPrivate: true });
  await recordSlowly();
  workers = [startNotify(db.url), startNotify(db.url)];
  const [threads, perThread] = [4, 25];
  const keys = () => receiver.received.map(({ headers }) => headers["webhook-id"] ?? "");
  for (let thread = 0; thread < threads; thread += 1) await write(thread, 1);
  let seen = 0;
  const following = setInterval(() => {
    for (const key of keys().slice(seen)) {
      seen += 1;
      const [thread = 0, sequence = 0] = key.replace("thread-", "").split(":").map(Number);
      // Its job begins in the moments in which the one before it is recorded as sent.
      if (sequence < perThread) setTimeout(() => void write(thread, sequence + 1).catch(() => undefined), seen % 8);
    }
  }, 2);
  const sent = async () => (await story.deliveries()).filter(({ state }) => state === "sent").length;
  await until("all are sent", async () => (await sent()) === threads * perThread || `${await sent()} are`).finally(() =>
    clearInterval(following),
  );
  const inOrder = Array.from({ length: perThread }, (_, index) => index + 1);
  const received = Map.groupBy(keys(), (key) => key.split(":")[0]);
  expect([...received.values()].map((all) => all.map((key) => Number(key.split(":")[1])))).toEqual(
    Array.from({ length: threads }, () => inOrder),
  );
});

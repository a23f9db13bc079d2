import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { addHours } from "#domain/hour.ts";
import { HourStory } from "#test/hour-story.ts";
import { type NotifyProcess, startNotify } from "#test/notify-process.ts";
import { until } from "#test/until.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { type NewMessage, queueMessages } from "./queue-messages.ts";

const firstHour = new Date("2026-11-20T00:00:00Z");
let story: HourStory;
let receiver: WebhookReceiver;
let workers: NotifyProcess[] = [];

beforeAll(async () => {
  story = await HourStory.begin({ now: "2026-11-22T00:30:00Z", activeFrom: "2026-11-22T00:00:00Z" });
  const body = { contact: "them" };
  await story.api.call("PUT", "/api/v1/event-types/EndSong/consumers/royalties", { body });
});
afterAll(() => story.end());
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await receiver.stop();
});

async function subscribe(): Promise<{ id: string; eventTypeId: number }> {
  const body = {
    eventType: "EndSong",
    consumer: "royalties",
    url: receiver.url,
    allowPrivate: true,
    events: ["complete", "amended"],
  };
  const answer = await story.api.call("POST", "/api/v1/subscriptions", { body });
  const { id } = (await answer.json()) as { id: string };
  const { rows } = await story.test.database.sql.query<{ eventTypeId: number }>(
    `SELECT event_type_id AS "eventTypeId" FROM subscription WHERE id = $1`,
    [id],
  );
  return { id, eventTypeId: rows[0]?.eventTypeId ?? 0 };
}

/** As on a busy database: what is delivered is recorded in a transaction that takes a while. */
async function recordSlowly(): Promise<void> {
  const { sql } = story.test.database;
  await sql.query(
    `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$`,
  );
  await sql.query(
    `CREATE TRIGGER dawdle BEFORE UPDATE OF state ON delivery
        FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION dawdle()`,
  );
}

const undelivered = async () => {
  const { rowCount } = await story.test.database.sql.query("SELECT FROM delivery WHERE state <> 'sent'");
  return rowCount ?? 0;
};

/** Each hour's messages in their order, every id once. */
function expectOnceEach(hours: number, perHour: number): void {
  const ids = receiver.received.map(({ id }) => id);
  expect(ids.length - new Set(ids).size).toBe(0);
  expect(ids.length).toBe(hours * perHour);
  const sequences = new Map<string, number[]>();
  for (const { id, body } of receiver.received) {
    const { hour } = body.data;
    sequences.set(hour, [...(sequences.get(hour) ?? []), Number(id.split("_").at(-1))]);
  }
  const inOrder = Array.from({ length: perHour }, (_, index) => index + 1);
  expect([...sequences.values()]).toEqual(Array.from({ length: hours }, () => inOrder));
}

function messagesOf({ id, eventTypeId }: { id: string; eventTypeId: number }, hours: number, perHour: number) {
  return Array.from({ length: hours * perHour }, (_, index): NewMessage => {
    const hour = addHours(firstHour, Math.floor(index / perHour));
    const sequence = (index % perHour) + 1;
    const figures = { known: true, produced: 10n, delivered: 10n, lost: 0n, duplicated: 0n, skewed: 0n };
    return {
      id: `${id}_${hour.toISOString().slice(0, 13)}_${sequence}`,
      subscriptionId: id,
      eventTypeId,
      hour,
      event: sequence === 1 ? "complete" : "amended",
      sequence,
      runHours: null,
      day: null,
      previousRevision: null,
      ready: true,
      before: null,
      sent: { state: "complete", revision: sequence, ...figures },
    };
  });
}

test("two workers, an hour's next message queued while the one before it ends: each is delivered exactly once, in order", async () => {
  const subscription = await subscribe();
  await recordSlowly();
  workers = [startNotify(story.test.url), startNotify(story.test.url)];
  // Fewer hours than jobs run at once: a job must find a worker that is free.
  const [hours, perHour] = [6, 25];
  const messages = messagesOf(subscription, hours, perHour);
  const { database } = story.test;
  const queue = (some: NewMessage[]) => database.transaction((tx) => queueMessages(tx, some, story.clock.now()));
  receiver.onAnswered = (index) => {
    const at = messages.findIndex(({ id }) => id === receiver.received[index]?.id);
    const next = messages[at + 1];
    // Its job begins in the moments in which the one before it is recorded as delivered.
    if (next && next.sequence > 1) setTimeout(() => void queue([next]).catch(() => undefined), at % 8);
  };
  await queue(messages.filter(({ sequence }) => sequence === 1));
  const queued = async () => Number((await database.sql.query("SELECT FROM subscription_message")).rowCount);
  await until("all are delivered", async () => (await queued()) === hours * perHour && (await undelivered()) === 0);
  expectOnceEach(hours, perHour);
});

test("a message that is replayed while it is under way is left to who claimed it", async () => {
  const subscription = await subscribe();
  receiver.delayMs = 1_500;
  workers = [startNotify(story.test.url), startNotify(story.test.url)];
  const { database } = story.test;
  await database.transaction((tx) => queueMessages(tx, messagesOf(subscription, 4, 1), story.clock.now()));
  await until("all are under way", async () => receiver.received.length === 4);
  for (const { id } of receiver.received) {
    const path = `/api/v1/subscriptions/${subscription.id}/messages/${id}/replay`;
    expect((await story.api.call("POST", path)).status).toBe(202);
  }
  await until("all are delivered", async () => (await undelivered()) === 0);
  expectOnceEach(4, 1);
});

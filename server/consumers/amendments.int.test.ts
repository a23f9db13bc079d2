import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addHours } from "#domain/hour.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { startNotify } from "#test/notify-process.ts";
import { until } from "#test/until.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { workerContext } from "#test/worker-context.ts";
import { sendAmendments } from "./send-amendments.ts";

/** Complete at first: 2,000 events of two datacenters. */
const hour = "2026-11-22T00";
let story: HourStory;

const opening = openingOf({ now: "2026-11-22T00:30:00Z", activeFrom: "2026-11-22T00:00:00Z" }, async (lived) => {
  for (const name of ["royalties", "ads"]) {
    const body = { contact: "them" };
    await lived.api.call("PUT", `/api/v1/event-types/EndSong/consumers/${name}`, { body });
  }
  await lived.at(minutesAfter(10));
});
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

/** So many minutes after the hour's end. */
function minutesAfter(minutes: number): string {
  return new Date(addHours(new Date(`${hour}:00:00Z`), 1).getTime() + minutes * 60_000).toISOString();
}

async function subscribe(
  events: string[] = ["complete", "amended", "incomplete"],
  consumer = "royalties",
  url = "http://127.0.0.1:9/",
): Promise<string> {
  const body = { eventType: "EndSong", consumer, url, allowPrivate: true, events };
  const answer = await story.api.call("POST", "/api/v1/subscriptions", { body });
  return ((await answer.json()) as { id: string }).id;
}

const context = () => workerContext(story.test.database, story.clock);

/** The clock moves on, and whoever sends amendments looks. */
async function look(at: string): Promise<void> {
  await story.at(at);
  await sendAmendments({ ctx: context() });
}

async function produce(events: number): Promise<void> {
  await story.count({ dc: "east", stage: "produced", hour, events });
  await story.judge();
}

async function recount(events: number, epoch: number): Promise<void> {
  const reports = [{ eventType: "EndSong", hour, events }];
  await story.say("tidemark.counters.v1", { dc: "east", stage: "produced", reporter: "east-produced", epoch, reports });
  await story.judge();
}

/** The oldest first. */
async function messages(id: string) {
  const { items } = (await story.get(`/subscriptions/${id}/messages`)).body;
  return items.reverse();
}

const events = async (id: string) => (await messages(id)).map(({ event }: { event: string }) => event);

describe("an amendment", () => {
  test("changes within a minute are one message, with the figures before the first and after the last", async () => {
    const id = await subscribe();
    await story.settle(hour);
    await story.at(minutesAfter(30));
    await produce(1_010);
    await look(minutesAfter(30.5));
    await produce(1_020);
    await look(minutesAfter(31.4));
    await produce(1_030);
    await look(minutesAfter(32.3));
    expect(await events(id)).toEqual(["complete"]);
    await look(minutesAfter(32.4));
    const [complete, amended] = await messages(id);
    expect(amended).toMatchObject({
      event: "amended",
      previousRevision: complete.revision,
      revision: complete.revision + 3,
      before: { state: "complete", ready: true, produced: 2_000, delivered: 2_000, lost: 0, completeness: 1 },
      after: { state: "incomplete", ready: false, produced: 2_030, delivered: 2_000, lost: 30 },
    });
    await look(minutesAfter(60));
    expect(await events(id)).toEqual(["complete", "amended"]);
  });

  test("changes that go on are sent 15 minutes after the first", async () => {
    const id = await subscribe();
    await story.settle(hour);
    await story.at(minutesAfter(20));
    for (let halfMinutes = 0; halfMinutes <= 40; halfMinutes += 1) {
      await look(minutesAfter(20 + halfMinutes / 2));
      await produce(1_010 + halfMinutes);
      if (halfMinutes === 29) expect(await events(id)).toEqual(["complete"]);
    }
    const [, amended, more] = await messages(id);
    expect(amended).toMatchObject({
      event: "amended",
      queuedAt: minutesAfter(35).replace(".000Z", "Z"),
      after: { lost: 39 },
    });
    expect(more).toBeUndefined();
    await look(minutesAfter(42));
    expect(await messages(id)).toMatchObject([{}, {}, { before: { lost: 39 }, after: { lost: 50 } }]);
  });

  test("an hour that goes back to what was said sends nothing", async () => {
    const id = await subscribe();
    await story.settle(hour);
    await story.at(minutesAfter(30));
    await recount(1_010, 1);
    await story.at(minutesAfter(30.5));
    await recount(1_000, 2);
    await look(minutesAfter(45));
    expect(await events(id)).toEqual(["complete"]);
    expect(await pending()).toBe(0);
  });

  test("changes within the type's tolerance send nothing, until they add up", async () => {
    const id = await subscribe(["complete", "amended"]);
    await settleMany(1_000_000);
    await story.at(minutesAfter(30));
    for (const [minutes, produced] of [
      [31, 1_000_080],
      [40, 1_000_190],
    ] as const) {
      await countBoth(produced);
      await look(minutesAfter(minutes + 5));
    }
    expect(await events(id)).toEqual(["complete"]);
    await countBoth(1_000_210);
    await look(minutesAfter(50));
    await look(minutesAfter(52));
    expect(await messages(id)).toMatchObject([{}, { before: { produced: 2_000_000 }, after: { produced: 2_000_210 } }]);
  });

  test("small changes add up for one that is never sent complete, too", async () => {
    const id = await subscribe(["amended"]);
    await settleMany(1_000_000);
    await story.at(minutesAfter(30));
    await countBoth(1_000_150);
    await look(minutesAfter(35));
    await countBoth(1_000_300);
    await look(minutesAfter(37));
    await look(minutesAfter(39));
    expect(await messages(id)).toMatchObject([{ event: "amended", before: { produced: 2_000_000, ready: true } }]);
  });

  test("becoming ready for the first time is not delayed, and ends what was held", async () => {
    const id = await subscribe();
    await story.settle(hour, { lost: 500 });
    await story.at(minutesAfter(30));
    await story.count({ dc: "east", stage: "delivered", hour, events: 900 });
    await story.judge();
    await story.count({ dc: "east", stage: "delivered", hour, events: 1_000 });
    await story.judge();
    expect(await messages(id)).toMatchObject([
      { event: "incomplete", before: null },
      { event: "complete", before: { lost: 500 }, after: { lost: 0 } },
    ]);
    await look(minutesAfter(45));
    expect(await events(id)).toEqual(["incomplete", "complete"]);
  });

  test("looked for by many at once while judges write: one message", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => subscribe()));
    await story.settle(hour);
    await story.at(minutesAfter(30));
    await produce(1_010);
    await story.at(minutesAfter(31));
    await story.count({ dc: "west", stage: "produced", hour, events: 1_010 });
    await Promise.all([
      ...Array.from({ length: 4 }, () => sendAmendments({ ctx: context() })),
      story.judge(),
      ...Array.from({ length: 4 }, () => sendAmendments({ ctx: context() })),
    ]);
    // The judge may have passed over the type, and judges the second change only now.
    await look(minutesAfter(40));
    await look(minutesAfter(42));
    for (const id of ids) {
      const all = await messages(id);
      expect(all.length).toBeLessThanOrEqual(3);
      expect(all.at(-1)).toMatchObject({ event: "amended", after: { lost: 20 } });
      const chain = all.map(({ before }: { before: { lost: number } | null }) => before?.lost ?? null);
      expect(chain).toEqual([null, ...all.slice(0, -1).map(({ after }: { after: { lost: number } }) => after.lost)]);
    }
  });

  test("the process that sends it dies in the middle: the next one sends it, once", async () => {
    const { sql } = story.test.database;
    const receiver = await WebhookReceiver.start();
    const id = await subscribe(undefined, "royalties", receiver.url);
    await story.settle(hour);
    await story.at(minutesAfter(30));
    await produce(1_010);
    await sql.query(
      `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$`,
    );
    await sql.query(
      `CREATE TRIGGER dawdle BEFORE INSERT ON subscription_message FOR EACH ROW EXECUTE FUNCTION dawdle()`,
    );
    const first = startNotify(story.test.url);
    await until("it is about to write the message", async () => {
      const { rowCount } = await sql.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
      );
      // What it sends at that moment would be sent again.
      return rowCount === 1 && (await messages(id))[0].deliveredAt !== null;
    });
    await first.kill();
    await sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    await sql.query("DROP FUNCTION dawdle CASCADE");
    expect(await events(id)).toEqual(["complete"]);
    const second = startNotify(story.test.url);
    await until("both are sent", async () => receiver.received.length >= 2);
    expect(receiver.received.map(({ body }) => body.type)).toEqual(["hour.complete", "hour.amended"]);
    await second.stop();
    await receiver.stop();
  });

  test("a webhook that was ended is sent nothing, and leaves nothing behind", async () => {
    const id = await subscribe();
    await story.settle(hour);
    await story.at(minutesAfter(30));
    await produce(1_010);
    expect(await pending()).toBe(1);
    await story.test.database.sql.query("DELETE FROM subscription WHERE id = $1", [id]);
    await look(minutesAfter(40));
    expect(await pending()).toBe(0);
  });
});

describe("a webhook made after the hour was complete", () => {
  const gate = (consumer: string) => story.get(`/event-types/EndSong/hours/${hour}/ready?consumer=${consumer}`);

  test("of a consumer that read the hour through the gate: amended, with what the gate said", async () => {
    await story.settle(hour);
    const { body } = await gate("royalties");
    const id = await subscribe();
    await story.at(minutesAfter(30));
    await produce(1_010);
    await look(minutesAfter(31));
    expect(await messages(id)).toMatchObject([
      { event: "amended", previousRevision: body.revision, before: { ready: true, produced: 2_000 } },
    ]);
  });

  test("of a consumer that did not: complete when it is, for it hears of the hour for the first time", async () => {
    await story.settle(hour);
    await gate("royalties");
    const id = await subscribe(undefined, "ads");
    await story.at(minutesAfter(30));
    await countBoth(1_100);
    expect(await messages(id)).toMatchObject([{ event: "complete", before: null, after: { produced: 2_100 } }]);
    await look(minutesAfter(45));
    expect(await events(id)).toEqual(["complete"]);
  });

  test("that read it again meanwhile knows already: nothing", async () => {
    await story.settle(hour);
    await gate("royalties");
    const id = await subscribe();
    await story.at(minutesAfter(30));
    await countBoth(1_100);
    await gate("royalties");
    await look(minutesAfter(45));
    expect(await events(id)).toEqual([]);
  });
});

async function pending(): Promise<number> {
  const { rowCount } = await story.test.database.sql.query("SELECT FROM pending_amendment");
  return rowCount ?? 0;
}

/** East's counts in one batch: nothing is lost in between. */
async function countBoth(events: number): Promise<void> {
  for (const stage of ["produced", "delivered"] as const) await story.count({ dc: "east", stage, hour, events });
  await story.judge();
}

async function settleMany(events: number): Promise<void> {
  for (const dc of ["east", "west"]) {
    for (const stage of ["produced", "delivered"] as const) await story.count({ dc, stage, hour, events });
    await story.watermark(dc, minutesAfter(0));
  }
  await story.judge();
}

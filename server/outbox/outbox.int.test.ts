import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SendOutcome } from "#domain/notification.ts";
import { listen } from "#server/db/notifications.ts";
import { Bell } from "#server/process/bell.ts";
import { createClock } from "#server/process/clock.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { passOutboxTime, sendDue } from "#test/outbox.ts";
import { until } from "#test/until.ts";
import { workerContext } from "#test/worker-context.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { runDispatcher } from "./dispatch.ts";
import { type NewDelivery, outboxChannel, queueDeliveries } from "./queue-deliveries.ts";
import { sendAgain } from "./replay-delivery.ts";
import { deliverClaimed, type Producer } from "./send-delivery.ts";

const clock = createClock({ setting: null });
const sent: SendOutcome = { outcome: "sent", detail: "ok" };
const undo: (() => Promise<unknown>)[] = [];
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await db.database.sql.query("TRUNCATE delivery CASCADE");
});
afterAll(() => db.drop());

function message(dedupKey: string, change: Partial<NewDelivery> = {}): NewDelivery {
  const threadKey = dedupKey;
  return {
    producer: "channel",
    receiver: "good",
    threadKey,
    kind: "notify",
    body: {},
    at: clock.now(),
    dedupKey,
    ...change,
  };
}

const write = (...messages: NewDelivery[]) => db.database.transaction((tx) => queueDeliveries(tx, messages));
const claim = async (claimant: string, room = {}, limit = 100) =>
  (await claimDeliveries(db.database, { producer: "channel", claimant, limit, room, inProgress: [] })).claimed;
const keysOf = (deliveries: readonly { dedupKey: string }[]) => deliveries.map(({ dedupKey }) => dedupKey).sort();

/** A producer that notes what it sent, and when. */
function producer(send: (receiver: string) => Promise<SendOutcome> = async () => sent) {
  const taken: { key: string; receiver: string }[] = [];
  const sending: Producer = {
    name: "channel",
    async attempt({ dedupKey, receiver }) {
      const outcome = await send(receiver);
      taken.push({ key: dedupKey, receiver });
      return { outcome, retry: "webhook" };
    },
  };
  return { producer: sending, taken };
}

/** As in the notifying process. `isDeaf`: its connection that listens is broken. */
async function start(sending: Producer, { isDeaf = false, pollMs = 60_000 } = {}): Promise<void> {
  const stopping = new AbortController();
  const bell = new Bell();
  const { signal } = stopping;
  const ctx = { database: db.database, clock };
  const failures: unknown[] = [];
  const onFailed = (error: unknown) => failures.push(error);
  const running = runDispatcher({ ctx, producer: sending, bell, signal, pollMs, onLooked: () => undefined, onFailed });
  let close = () => Promise.resolve();
  if (!isDeaf) {
    await new Promise<void>((onConnected) => {
      const listener = listen({ url: db.url, channel: outboxChannel, onNotification: bell.ring, onConnected });
      close = () => listener.close();
    });
  }
  undo.push(async () => {
    stopping.abort();
    await running;
    await close();
    expect(failures).toEqual([]);
  });
}

describe("queueing", () => {
  test("a message of a transaction that fails is never sent, and one written twice is one", async () => {
    const failing = db.database.transaction(async (tx) => {
      await queueDeliveries(tx, [message("never")]);
      throw new Error("planted");
    });
    await expect(failing).rejects.toThrow("planted");
    expect((await write(message("one"))).size).toBe(1);
    expect((await write(message("one"))).size).toBe(0);
    expect(keysOf(await claim("a"))).toEqual(["one"]);
  });
});

describe("claiming", () => {
  test("of a thread the first alone, and the next only once that ended", async () => {
    await write(message("a1", { threadKey: "a" }), message("a2", { threadKey: "a" }), message("b"));
    expect(keysOf(await claim("one"))).toEqual(["a1", "b"]);
    expect(await claim("two")).toEqual([]);
    await db.database.sql.query(
      "UPDATE delivery SET state = 'sent', claimed_by = NULL, claimed_until = NULL WHERE dedup_key = 'a1'",
    );
    expect(keysOf(await claim("two"))).toEqual(["a2"]);
  });

  test("a replayed message waits for a later one of its thread that is under way", async () => {
    await write(message("a1", { threadKey: "a" }), message("a2", { threadKey: "a" }));
    const replayed = (state: string) =>
      db.database.sql.query("UPDATE delivery SET state = $1 WHERE dedup_key = 'a1'", [state]);
    await replayed("sent");
    expect(keysOf(await claim("one"))).toEqual(["a2"]);
    await replayed("queued");
    expect(await claim("two")).toEqual([]);
    await passOutboxTime(db.database, 10);
    expect(keysOf(await claim("two"))).toEqual(["a1"]);
  });

  test("20 claimants at once: every message has one, and no thread two", async () => {
    const messages = Array.from({ length: 60 }, (_, index) => message(`m${index}`, { threadKey: `t${index % 20}` }));
    await write(...messages);
    const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(`c${index}`, { good: 5 }, 5)));
    const claimed = claims.flat();
    expect(new Set(keysOf(claimed)).size).toBe(claimed.length);
    expect(new Set(claimed.map(({ threadKey }) => threadKey)).size).toBe(claimed.length);
  });

  test("a dead claimant's message is free again after ten seconds; what a late one records then changes nothing", async () => {
    await write(message("one"));
    const { producer: sending, taken } = producer();
    const [late] = await claim("dead");
    const ctx = { database: db.database, clock };
    await sendDue(ctx, sending);
    expect(taken).toEqual([]);
    await passOutboxTime(db.database, 10);
    await sendDue(ctx, sending);
    expect(taken).toHaveLength(1);
    const refused = producer(async () => ({ outcome: "permanent", detail: "no" }));
    if (late) await deliverClaimed(ctx, refused.producer, late);
    const { rows } = await db.database.sql.query("SELECT state, attempts FROM delivery");
    expect(rows).toEqual([{ state: "sent", attempts: 1 }]);
  });

  test("a replay during a send is left to the claimant of that", async () => {
    await write(message("one"));
    const { producer: sending, taken } = producer();
    const [claimed] = await claim("one");
    const replay = { ctx: workerContext(db.database, clock), receiver: "good", dedupKey: "one" };
    expect(await db.database.transaction((tx) => sendAgain(tx, replay))).toBe(true);
    expect(await claim("two")).toEqual([]);
    if (claimed) await deliverClaimed({ database: db.database, clock }, sending, claimed);
    expect(await claim("two")).toEqual([]);
    expect(taken).toHaveLength(1);
  });

  test("the time for attempts starts with the first one after a replay", async () => {
    await write(message("one"));
    await db.database.sql.query(
      `WITH replayed AS (UPDATE delivery SET attempts = 1 RETURNING id)
       INSERT INTO delivery_attempt (delivery_id, at, outcome, detail, duration_ms)
       SELECT id, at, 'retryable', 'no', 1 FROM replayed, unnest(ARRAY[timestamptz '2020-01-01Z', '2020-02-02Z']) at`,
    );
    const [first] = await claim("one");
    expect(first?.firstAttemptAt).toEqual(new Date("2020-02-02"));
  });

  test("a receiver has no more than its room", async () => {
    await write(
      ...Array.from({ length: 20 }, (_, index) => message(`m${index}`)),
      message("other", { receiver: "other" }),
    );
    const [full, some] = [await claim("a", { good: 0 }), await claim("b", { good: 3 })];
    expect([keysOf(full), some.length]).toEqual([["other"], 3]);
    expect(await claim("c")).toHaveLength(8);
  });
});

describe("dispatching", () => {
  test("a notification wakes it at once, with the poll an hour away", async () => {
    const { producer: sending, taken } = producer();
    await start(sending, { pollMs: 3_600_000 });
    // It looks once by itself: the later ones are sent because of their notifications.
    for (const sent of [1, 2, 3]) {
      await write(message(`m${sent}`));
      await until(`${sent} are sent`, async () => taken.length === sent);
    }
  });

  test("a lost notification costs one poll", async () => {
    const { producer: sending, taken } = producer();
    await start(sending, { isDeaf: true, pollMs: 500 });
    for (const sent of [1, 2, 3]) {
      await write(message(`m${sent}`));
      await until(`${sent} are sent`, async () => taken.length === sent);
    }
  });

  test("one deferred by its receiver's Retry-After is sent when that is over, without a notification", async () => {
    const { producer: sending, taken } = producer(async () =>
      taken.length > 0 ? sent : { outcome: "retryable", detail: "503", afterMs: 100 },
    );
    sending.attempt = ((attempt) => async (delivery) => ({ ...(await attempt(delivery)), retry: "page" }))(
      sending.attempt,
    );
    await start(sending, { pollMs: 200 });
    await write(message("one"));
    const isSent = "SELECT FROM delivery WHERE state = 'sent' AND attempts = 2";
    await until("it is sent", async () => (await db.database.sql.query(isSent)).rowCount === 1);
    expect(taken).toHaveLength(2);
  });

  test("a receiver that hangs does not slow 500 messages to another", async () => {
    let hanging = 0;
    const over = new AbortController();
    const { producer: sending, taken } = producer(async (receiver) => {
      if (receiver === "good") return sent;
      hanging += 1;
      return sleep(60_000, sent, { signal: over.signal }).catch(() => sent);
    });
    const hung = Array.from({ length: 500 }, (_, index) => message(`hung-${index}`, { receiver: "hung" }));
    const good = Array.from({ length: 500 }, (_, index) => message(`good-${index}`));
    const took = async (messages: NewDelivery[]) => {
      const [before, startedMs] = [taken.length, performance.now()];
      await write(...messages);
      await until("all are sent", async () => taken.length - before === messages.length || `${taken.length} are`);
      return performance.now() - startedMs;
    };
    await start(sending);
    undo.push(async () => over.abort());
    const aloneMs = await took(good);
    await write(...hung);
    await until("it hangs", async () => hanging === 8);
    const besideMs = await took(
      good.map((each) => ({ ...each, dedupKey: `${each.dedupKey}-again`, threadKey: `${each.threadKey}-again` })),
    );
    expect(hanging).toBe(8);
    // Behind those that hang they would wait for a minute.
    expect(besideMs).toBeLessThan(2 * aloneMs + 20_000);
  });

  test("a process that paused while it sent does not send that a second time", async () => {
    let asked = 0;
    const answer = new AbortController();
    const { producer: sending } = producer(() => {
      asked += 1;
      return sleep(60_000, sent, { signal: answer.signal }).catch(() => sent);
    });
    await start(sending, { pollMs: 50 });
    undo.push(async () => answer.abort());
    await write(message("one"));
    await until("it is being sent", async () => asked === 1);
    await passOutboxTime(db.database, 10);
    await write(message("later"));
    await until("it looked for more", async () => asked === 2);
    answer.abort();
    const isSent = "SELECT FROM delivery WHERE state = 'sent' AND attempts = 1";
    await until("both are sent", async () => (await db.database.sql.query(isSent)).rowCount === 2);
    expect(asked).toBe(2);
  });

  test("what a living process sends for longer than a claim lasts is sent by no other", async () => {
    let asked = 0;
    const slow = () => {
      asked += 1;
      return sleep(13_000, sent);
    };
    await write(message("slow"));
    await start(producer(slow).producer);
    await start(producer(slow).producer, { pollMs: 500 });
    await until("it is sent", async () => {
      const { rows } = await db.database.sql.query<{ state: string }>("SELECT state FROM delivery");
      return rows[0]?.state === "sent";
    });
    expect(asked).toBe(1);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publicOnly } from "#domain/egress.ts";
import { postAnywhere } from "#test/egress.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { startNotify } from "#test/notify-process.ts";
import { sendDue } from "#test/outbox.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { workerContext } from "#test/worker-context.ts";
import { sendAmendments } from "./send-amendments.ts";
import { subscriptionProducer } from "./subscription-producer.ts";

let story: HourStory;
let receiver: WebhookReceiver;
const publicUrl = "https://tidemark.example.com";

const opening = openingOf({ now: "2026-11-22T00:30:00Z", activeFrom: "2026-11-22T00:00:00Z" }, async ({ api }) => {
  for (const [name, spec] of [
    ["royalties", {}],
    ["tolerant", { minCompleteness: 0.99 }],
  ] as const) {
    const body = { contact: "them", ...spec };
    await api.call("PUT", `/api/v1/event-types/EndSong/consumers/${name}`, { body });
  }
});
beforeEach(async () => {
  story = await opening.begin();
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  await receiver.stop();
  await story.end();
});

async function subscribe(events: string[], more: object = {}): Promise<{ id: string; secret: string }> {
  const body = { eventType: "EndSong", consumer: "royalties", url: receiver.url, allowPrivate: true, events, ...more };
  const answer = await story.api.call("POST", "/api/v1/subscriptions", { body });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; secret: string };
}

/** Sends what is due, as the notifying worker does, until nothing is left. */
async function deliver(): Promise<void> {
  const ctx = { ...workerContext(story.test.database, story.clock), post: postAnywhere, publicUrl };
  await sendDue(ctx, subscriptionProducer(ctx));
}

/** A minute passes without a further change. */
async function rest(): Promise<void> {
  const { database } = story.test;
  await story.at(new Date(story.clock.now().getTime() + 60_000).toISOString());
  await sendAmendments({ ctx: workerContext(database, story.clock) });
}

const sent = () => receiver.received.map(({ body }) => [body.type, body.data.hour, body.data.state, body.data.ready]);
/** As a message says them of a complete hour, with what differs. */
function figures({
  lost = 0,
  ...change
}: {
  produced: number;
  delivered: number;
  lost?: number;
  [more: string]: unknown;
}) {
  return { state: "complete", ready: true, lost, duplicated: 0, completeness: 1 - lost / change.produced, ...change };
}

const messages = async (id: string) => (await story.get(`/subscriptions/${id}/messages`)).body.items;

describe("a webhook", () => {
  test("closing → complete → amended: notified once each, signed, with the figures before", async () => {
    const { id, secret } = await subscribe(["complete", "amended", "incomplete"]);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliver();
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T00", events: 1010 });
    await story.at("2026-11-22T01:40:00Z");
    await deliver();
    expect(receiver.received.length).toBe(1);
    await rest();
    await deliver();
    expect(receiver.received.map(({ body, id: webhookId }) => ({ ...body, webhookId }))).toEqual([
      {
        webhookId: `${id}_2026-11-22T00_1`,
        type: "hour.complete",
        timestamp: "2026-11-22T01:10:00Z",
        data: {
          eventType: "EndSong",
          hour: "2026-11-22T00",
          state: "complete",
          ready: true,
          revision: expect.any(Number),
          previousRevision: null,
          before: null,
          after: figures({ produced: 2000, delivered: 2000 }),
          readyUrl: `${publicUrl}/api/v1/event-types/EndSong/hours/2026-11-22T00/ready?consumer=royalties`,
        },
      },
      expect.objectContaining({
        webhookId: `${id}_2026-11-22T00_2`,
        type: "hour.amended",
        data: expect.objectContaining({
          state: "incomplete",
          ready: false,
          previousRevision: receiver.received[0]?.body.data.revision,
          before: figures({ produced: 2000, delivered: 2000 }),
          after: figures({ produced: 2010, delivered: 2000, lost: 10, state: "incomplete", ready: false }),
        }),
      }),
    ]);
    receiver.verify(0, secret);
    expect(() => receiver.verify(0, `whsec_${Buffer.alloc(32).toString("base64")}`)).toThrow();
    expect(await messages(id)).toMatchObject([
      { event: "amended", attempts: 1, deliveredAt: "2026-11-22T01:41:00Z", previousRevision: expect.any(Number) },
      { event: "complete", attempts: 1, deliveredAt: "2026-11-22T01:10:00Z", previousRevision: null },
    ]);
  });

  test("judging again what is the same reports nothing", async () => {
    await subscribe(["complete", "amended", "incomplete"]);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await story.settle("2026-11-22T00");
    await story.at("2026-11-22T01:40:00Z");
    await deliver();
    expect(sent()).toEqual([["hour.complete", "2026-11-22T00", "complete", true]]);
  });

  test("each consumer's own threshold decides", async () => {
    await subscribe(["complete", "incomplete"]);
    await subscribe(["complete", "incomplete"], { consumer: "tolerant" });
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00", { lost: 10 });
    await deliver();
    expect(sent()).toEqual([["hour.complete", "2026-11-22T00", "verifying", true]]);
    await story.at("2026-11-22T01:40:00Z");
    await deliver();
    expect(sent().slice(1)).toEqual([["hour.incomplete", "2026-11-22T00", "incomplete", false]]);
  });

  test("an hour that was complete before it subscribed: an amendment is notified all the same", async () => {
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await story.at("2026-11-22T01:40:00Z");
    await subscribe(["amended"]);
    await story.count({ dc: "west", stage: "produced", hour: "2026-11-22T00", events: 1020 });
    await story.judge();
    await rest();
    await deliver();
    expect(sent()).toEqual([["hour.amended", "2026-11-22T00", "incomplete", false]]);
    expect(receiver.received[0]?.body.data).toMatchObject({ previousRevision: 3, before: { ready: true, lost: 0 } });
  });

  test("a run of hours is notified once, when the last of them is ready", async () => {
    await subscribe(["run"], { runHours: 3 });
    await story.at("2026-11-22T03:10:00Z");
    for (const hour of ["2026-11-22T00", "2026-11-22T02", "2026-11-22T01"]) {
      expect(sent()).toEqual([]);
      await story.settle(hour);
      await deliver();
    }
    expect(receiver.received[0]?.body).toMatchObject({
      type: "run.complete",
      data: { hour: "2026-11-22T00", throughHour: "2026-11-22T02", hours: 3, ready: true },
    });
    await story.settle("2026-11-22T02");
    await deliver();
    expect(sent().length).toBe(1);
  });
});

describe("a receiver in trouble", () => {
  test("503 → tried again under the same id and body; the next of the hour waits its turn", async () => {
    const { id } = await subscribe(["complete", "amended"]);
    receiver.answers.push(503);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliver();
    expect(await messages(id)).toMatchObject([{ attempts: 1, deliveredAt: null, lastError: "HTTP 503" }]);
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T00", events: 1010 });
    await story.judge();
    await rest();
    await deliver();
    expect(sent().map(([type]) => type)).toEqual(["hour.complete", "hour.complete", "hour.amended"]);
    const [first, second] = receiver.texts;
    expect(second).toBe(first);
    expect(new Set(receiver.received.map((each) => each.id)).size).toBe(2);
  });

  test("410 → given up at once", async () => {
    const { id } = await subscribe(["complete", "amended"]);
    receiver.answers.push(410);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliver();
    expect(await messages(id)).toMatchObject([{ attempts: 1, deliveredAt: null, gaveUpAt: "2026-11-22T01:10:00Z" }]);
  });

  test("private addresses are refused when the webhook is made, unless allowed", async () => {
    const create = async (api: TestApi, body: object) => {
      const { url } = receiver;
      const answer = await api.call("POST", "/api/v1/subscriptions", {
        body: { eventType: "EndSong", consumer: "royalties", url, events: ["complete"], ...body },
      });
      const problem = (await answer.json()) as { errors?: object[] };
      return [answer.status, problem.errors?.[0]];
    };
    const notMeant = { pointer: "/url", detail: expect.stringContaining("allowPrivate") };
    expect(await create(story.api, { allowPrivate: false })).toEqual([400, notMeant]);
    const byName = receiver.url.replace("127.0.0.1", "localhost");
    expect(await create(story.api, { url: byName })).toEqual([400, notMeant]);
    const closed = openTestApi(story.test.database, { now: () => story.clock.now(), egress: publicOnly });
    const notListed = { pointer: "/url", detail: expect.stringContaining("TIDEMARK_EGRESS does not list it") };
    expect(await create(closed, { allowPrivate: true })).toEqual([400, notListed]);
    await expect((await story.api.call("GET", "/api/v1/subscriptions")).json()).resolves.toMatchObject({ items: [] });
  });

  test("two processes at the same message: sent, and not sent again once that is written", async () => {
    await subscribe(["complete"]);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(receiver.received.length).toBe(1);
  });
});

describe("its secret", () => {
  test("rotated: both sign for a day, then the new one alone; no list shows either", async () => {
    const { id, secret: old } = await subscribe(["complete"]);
    const rotated = await story.api.call("POST", `/api/v1/subscriptions/${id}/rotate-secret`);
    const { secret } = (await rotated.json()) as { secret: string };
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliver();
    receiver.verify(0, old);
    receiver.verify(0, secret);
    await story.at("2026-11-23T02:10:00Z");
    await story.settle("2026-11-22T01");
    await deliver();
    receiver.verify(1, secret);
    expect(() => receiver.verify(1, old)).toThrow();
    for (const path of ["/subscriptions", `/subscriptions/${id}`]) {
      expect(JSON.stringify((await story.get(path)).body)).not.toContain("whsec_");
    }
  });
});

describe("a message that is sent again", () => {
  const replay = (id: string, messageId: string) =>
    story.api.call("POST", `/api/v1/subscriptions/${id}/messages/${messageId}/replay`);

  test("given up → delivered, under its id, from the first attempt on; the webhook's health says both", async () => {
    const { id } = await subscribe(["complete"]);
    expect((await story.get(`/subscriptions/${id}`)).body).toMatchObject({ lastMessage: null, waiting: 0, failed: 0 });
    receiver.answers.push(410);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliver();
    const [failed] = (await story.get(`/subscriptions/${id}/messages?state=failed`)).body.items;
    expect((await story.get(`/subscriptions?consumer=royalties`)).body.items).toMatchObject([
      { failed: 1, waiting: 0, lastMessage: { hour: "2026-11-22T00", gaveUpAt: "2026-11-22T01:10:00Z", attempts: 1 } },
    ]);
    expect((await replay(id, failed.id)).status).toBe(202);
    expect((await story.get(`/subscriptions/${id}`)).body).toMatchObject({ failed: 0, waiting: 1 });
    await deliver();
    expect(receiver.received.map((each) => each.id)).toEqual([failed.id, failed.id]);
    expect(await messages(id)).toMatchObject([{ attempts: 1, gaveUpAt: null, deliveredAt: "2026-11-22T01:10:00Z" }]);
    expect((await story.get(`/subscriptions/${id}/messages?state=failed`)).body.items).toEqual([]);
    expect((await story.get(`/subscriptions/${id}/messages?state=delivered`)).body.items).toHaveLength(1);
  });

  test("of another webhook, or none → 404", async () => {
    const { id } = await subscribe(["complete"]);
    expect((await replay(id, "sub_other_2026-11-22T00_1")).status).toBe(404);
  });
});

describe("a message", () => {
  test("that waits behind another of its hour is sent after it", async () => {
    const { id } = await subscribe(["complete", "amended"]);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T00", events: 1010 });
    await story.judge();
    await rest();
    await deliver();
    expect(sent().map(([type]) => type)).toEqual(["hour.complete", "hour.amended"]);
    expect(await messages(id)).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  });

  test("that was written while no process ran is sent by one that starts", async () => {
    await subscribe(["complete"]);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    const worker = startNotify(story.test.url);
    await until("it is sent", async () => receiver.received.length === 1);
    await worker.stop();
  });

  test("of a webhook that was ended while a judge wrote it is withdrawn", async () => {
    const { id } = await subscribe(["complete"]);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    const { database } = story.test;
    // The judge's message is committed after those of the webhook were removed with it.
    await database.sql.query("DELETE FROM subscription WHERE id = $1", [id]);
    await deliver();
    expect(receiver.received).toEqual([]);
    const { rows } = await database.sql.query("SELECT state FROM delivery WHERE receiver = $1", [id]);
    expect(rows).toEqual([{ state: "withdrawn" }]);
  });
});

describe("what cannot be subscribed to", () => {
  test.each([
    [{ events: [] }, 400],
    [{ events: ["late"] }, 400],
    [{ events: ["run"] }, 400],
    [{ events: ["complete"], runHours: 24 }, 400],
    [{ events: ["complete"], url: "ftp://example.com" }, 400],
    [{ events: ["complete"], url: "https://user:word@example.com" }, 400],
    [{ events: ["complete"], consumer: "nobody" }, 404],
  ])("%j → %i", async (change, status) => {
    const body = { eventType: "EndSong", consumer: "royalties", url: "https://example.com", ...change };
    expect((await story.api.call("POST", "/api/v1/subscriptions", { body })).status).toBe(status);
  });

  test("a consumer is not deleted while it has a webhook", async () => {
    const { id } = await subscribe(["complete"]);
    const refused = await story.api.call("DELETE", "/api/v1/event-types/EndSong/consumers/royalties");
    expect(refused.status).toBe(409);
    expect(((await refused.json()) as { detail: string }).detail).toContain(id);
  });
});

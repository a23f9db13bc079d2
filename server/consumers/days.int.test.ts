import { afterEach, beforeEach, expect, test } from "vitest";
import { addHours, formatHour } from "#domain/hour.ts";
import { postAnywhere } from "#test/egress.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { judgeHours } from "#test/judge-and-alert.ts";
import { sendDue } from "#test/outbox.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { workerContext } from "#test/worker-context.ts";
import { sendDays } from "./send-days.ts";
import { subscriptionProducer } from "./subscription-producer.ts";

let story: HourStory;
let receiver: WebhookReceiver;
const zone = "Europe/Stockholm";
// Stockholm's clocks go back on 25 October 2026, and forward on 28 March 2027.
const longDay = hoursOf("2026-10-24T22", 25);
const shortDay = hoursOf("2027-03-27T23", 23);

function hoursOf(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => formatHour(addHours(new Date(`${first}:00:00Z`), index)));
}

const opening = openingOf(
  {
    now: "2026-10-24T20:30:00Z",
    activeFrom: "2026-10-24T20:00:00Z",
    eventTypes: ["EndSong", "AdClick"],
    datacenters: ["east"],
  },
  async ({ api }) => {
    for (const type of ["EndSong", "AdClick"]) {
      await api.call("PUT", `/api/v1/event-types/${type}/consumers/royalties`, { body: { contact: "#royalties" } });
    }
    await api.call("PUT", "/api/v1/event-types/EndSong/consumers/songs", { body: { contact: "#songs" } });
  },
);
beforeEach(async () => {
  story = await opening.begin();
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  await receiver.stop();
  await story.end();
});

/** East produced and delivered 1,000 events in each of these hours, and closed them; not judged yet. */
async function settle(hours: readonly string[], eventType = "EndSong"): Promise<void> {
  const reports = hours.map((hour) => ({ eventType, hour, events: 1_000 }));
  for (const stage of ["produced", "delivered"]) {
    await story.say("tidemark.counters.v1", { dc: "east", stage, reporter: `east-${stage}`, reports });
  }
  await story.watermark("east", addHours(new Date(`${hours.at(-1)}:00:00Z`), 1).toISOString(), eventType);
}

async function subscribe(body: object) {
  const base = { eventType: "EndSong", consumer: "royalties", url: receiver.url, allowPrivate: true };
  const answer = await story.api.call("POST", "/api/v1/subscriptions", { body: { ...base, ...body } });
  return {
    status: answer.status,
    body: (await answer.json()) as { id: string; detail: string; dayEventTypes: string[] },
  };
}

const context = () => workerContext(story.test.database, story.clock);

async function messages(id: string) {
  const { items } = (await story.get(`/subscriptions/${id}/messages`)).body;
  return items.reverse();
}

const days = async (id: string) =>
  (await messages(id)).map(({ event, day }: { event: string; day: string }) => [event, day]);

async function look(at: string): Promise<void> {
  await story.at(at);
  await sendDays({ ctx: context() });
}

const dayOfBoth = { events: ["day", "day-amended"], dayZone: "europe/stockholm", dayEventTypes: ["AdClick"] };

/** Webhooks for the days of both types, and of songs alone. */
async function subscribeToDays(): Promise<{ both: string; songs: string }> {
  const both = await subscribe(dayOfBoth);
  const songs = await subscribe({ events: ["day"], dayZone: zone, consumer: "songs" });
  expect([both.status, songs.status]).toEqual([201, 201]);
  return { both: both.body.id, songs: songs.body.id };
}

async function completeLongDay(): Promise<void> {
  await story.at("2026-10-25T23:10:00Z");
  for (const eventType of ["EndSong", "AdClick"]) await settle(longDay, eventType);
  await story.judge();
  await sendDays({ ctx: context() });
}

/** 200 more events were produced in one of its hours, said in two reports 30 s apart. */
async function amendLongDay(): Promise<void> {
  await story.at("2026-10-27T08:00:00Z");
  const hour = longDay[5] ?? "";
  await story.count({ dc: "east", stage: "produced", hour, events: 1_100 });
  await story.judge();
  await look("2026-10-27T08:00:30Z");
  await story.count({ dc: "east", stage: "produced", hour, events: 1_200 });
  await story.judge();
}

test("what a day needs is checked when it is subscribed to", async () => {
  expect((await subscribe({ events: ["day"] })).status).toBe(400);
  expect((await subscribe({ events: ["complete"], dayZone: zone })).status).toBe(400);
  expect((await subscribe({ events: ["day-amended"] })).status).toBe(400);
  expect((await subscribe({ events: ["day"], dayZone: "Mars" })).body.detail).toContain('"Mars" is not a time zone');
  expect(
    (await subscribe({ events: ["day"], dayZone: zone, consumer: "songs", dayEventTypes: ["AdClick"] })).status,
  ).toBe(404);
  expect(await subscribe(dayOfBoth)).toMatchObject({
    status: 201,
    body: { dayZone: zone, dayEventTypes: ["AdClick", "EndSong"] },
  });
});

test("a day of 25 hours is complete with the last hour of the last type, and sent once", async () => {
  const { both, songs } = await subscribeToDays();
  await story.at("2026-10-25T23:10:00Z");
  await settle(longDay);
  await settle(longDay.slice(0, -1), "AdClick");
  await story.judge();
  await sendDays({ ctx: context() });
  expect(await days(songs)).toEqual([["day", "2026-10-25"]]);
  expect(await days(both)).toEqual([]);
  await settle(longDay.slice(-1), "AdClick");
  await story.judge();
  await Promise.all(Array.from({ length: 4 }, () => sendDays({ ctx: context() })));
  await sendDays({ ctx: context() });
  expect(await messages(both)).toMatchObject([
    {
      id: `${both}_2026-10-25_1`,
      event: "day",
      day: "2026-10-25",
      hour: "2026-10-24T22",
      runHours: 25,
      ready: true,
      before: null,
      after: { state: "complete", produced: 50_000, delivered: 50_000, completeness: 1 },
    },
  ]);
});

test("two judges that each make one of the last hours ready: the day is sent", async () => {
  const { both } = await subscribeToDays();
  await story.at("2026-10-26T23:10:00Z");
  const day = hoursOf("2026-10-25T23", 24);
  for (const eventType of ["EndSong", "AdClick"]) await settle(day.slice(0, -1), eventType);
  await story.judge();
  await sendDays({ ctx: context() });
  for (const eventType of ["EndSong", "AdClick"]) await settle(day.slice(-1), eventType);
  // Neither sees what the other has not committed.
  await Promise.all(Array.from({ length: 2 }, () => judgeHours({ ctx: context(), input: { limit: 1 } })));
  await story.judge();
  await sendDays({ ctx: context() });
  expect((await days(both)).at(-1)).toEqual(["day", "2026-10-26"]);
});

test("a day that changes materially is amended once the changes rest, with the figures of the whole day", async () => {
  const { both, songs } = await subscribeToDays();
  await completeLongDay();
  await amendLongDay();
  await look("2026-10-27T08:01:20Z");
  expect(await days(both)).toEqual([["day", "2026-10-25"]]);
  await look("2026-10-27T08:01:31Z");
  expect((await messages(both)).at(-1)).toMatchObject({
    event: "day-amended",
    day: "2026-10-25",
    previousRevision: 1,
    before: { ready: true, produced: 50_000, lost: 0 },
    after: { ready: false, state: "incomplete", produced: 50_200, lost: 200 },
  });
  expect(await days(songs)).not.toContainEqual(["day-amended", "2026-10-25"]);
});

test("a day of 23 hours, delivered with the gate's address, in its order", async () => {
  const { songs } = await subscribeToDays();
  await completeLongDay();
  await amendLongDay();
  await look("2026-10-27T08:01:31Z");
  await story.at("2027-03-28T22:40:00Z");
  await settle(shortDay);
  await story.judge();
  await sendDays({ ctx: context() });
  expect((await messages(songs)).at(-1)).toMatchObject({ day: "2027-03-28", runHours: 23 });
  const ctx = { ...context(), post: postAnywhere, publicUrl: "https://tidemark.example.com" };
  await sendDue(ctx, subscriptionProducer(ctx));
  const ofLongDay = receiver.received.filter(
    ({ body }) => body.data.day === "2026-10-25" && body.data.eventTypes.length === 2,
  );
  expect(ofLongDay.map(({ body }) => body.type)).toEqual(["day.complete", "day.amended"]);
  expect(ofLongDay[0]?.body.data).toMatchObject({
    eventType: "EndSong",
    eventTypes: ["AdClick", "EndSong"],
    day: "2026-10-25",
    zone,
    hour: "2026-10-24T22",
    throughHour: "2026-10-25T22",
    hours: 25,
    readyUrl:
      "https://tidemark.example.com/api/v1/ready?eventTypes=AdClick%2CEndSong&day=2026-10-25&zone=Europe%2FStockholm&consumer=royalties",
  });
});

test("a webhook that was ended leaves no marks", async () => {
  const { songs } = await subscribeToDays();
  await completeLongDay();
  await story.test.database.sql.query("DELETE FROM subscription WHERE id = $1", [songs]);
  await story.count({ dc: "east", stage: "produced", hour: longDay[3] ?? "", events: 1_500 });
  await story.judge();
  await story.test.database.sql.query(
    "INSERT INTO day_mark (subscription_id, day, changed_at, readied) VALUES ($1, '2026-10-25', $2, true)",
    [songs, story.clock.now()],
  );
  await look("2026-10-25T23:30:00Z");
  const { rowCount } = await story.test.database.sql.query("SELECT FROM day_mark WHERE subscription_id = $1", [songs]);
  expect(rowCount).toBe(0);
});

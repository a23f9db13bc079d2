import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rangeReadinessSchema, readyRangeSchema } from "#domain/api/ready.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const types = ["EndSong", "AdClick"];
const day = (eventTypes: string, more = "") =>
  `/ready?eventTypes=${eventTypes}&day=2026-10-25&zone=Europe/Stockholm${more}`;

// The clocks of Stockholm go back on 25 October 2026: its day has 25 hours, from 22:00 UTC of the day before.
const firstHour = new Date("2026-10-24T22:00:00Z");
const hourAt = (index: number) => formatHour(addHours(firstHour, index));

// All but the last hour of EndSong are closed.
const opening = openingOf(
  {
    now: "2026-10-24T22:30:00Z",
    activeFrom: "2026-10-24T20:00:00Z",
    eventTypes: [...types, "Short"],
    // Longer than any question is held: who gets an answer before the end of its wait was woken.
    lookAgainMs: 3_600_000,
  },
  async (lived) => {
    await lived.test.database.sql.query(
      "UPDATE event_type SET active_to = '2026-10-25T12:00:00Z' WHERE name = 'Short'",
    );
    for (const type of types) {
      await lived.api.call("PUT", `/api/v1/event-types/${type}/consumers/daily`, {
        body: { contact: "#daily", ...(type === "AdClick" ? { minCompleteness: 0.9 } : {}) },
      });
    }
    await lived.api.call("PUT", "/api/v1/event-types/EndSong/consumers/songs", { body: { contact: "#songs" } });
    await lived.at("2026-10-25T23:10:00Z");
    for (let index = 0; index < 25; index += 1) {
      for (const eventType of types) {
        const isLast = index === 24 && eventType === "EndSong";
        if (!isLast)
          await lived.settle(hourAt(index), { eventType, lost: eventType === "AdClick" && index === 3 ? 50 : 0 });
      }
    }
    await lived.at("2026-10-25T23:40:00Z");
  },
);
const begin = async () => {
  story = await opening.begin();
};
const end = () => story.end();
const completeEndSong = () => story.settle(hourAt(24), { eventType: "EndSong" });

describe("the gate of a day", () => {
  beforeEach(begin);
  afterEach(end);

  it("lists the hours of all types that are not ready, and why", async () => {
    const { status, headers, body } = await story.get(day("EndSong,AdClick"));
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("retry-after")).toBe("15");
    expect(body).toMatchObject({
      title: "Not ready yet",
      ready: false,
      eventTypes: types,
      day: "2026-10-25",
      zone: "Europe/Stockholm",
      from: "2026-10-24T22",
      to: "2026-10-25T23",
      totalHours: 50,
      readyHours: 48,
      more: 0,
      notReady: [
        {
          eventType: "AdClick",
          hour: hourAt(3),
          state: "incomplete",
          reasons: [{ code: "lost_events", datacenter: "east" }],
        },
        { eventType: "EndSong", hour: hourAt(24), state: "closing" },
      ],
    });
    expect(body.detail).toBe(
      `48 of 50 hours are ready. AdClick ${hourAt(3)} is incomplete: east lost 50 of 1,000 events (5 %). 1 more hour is not ready.`,
    );
  });

  it("becomes 200 with the last hour, at once for those who wait", async () => {
    const held = Array.from({ length: 30 }, () => story.get(day("EndSong,AdClick", "&minCompleteness=0.9&wait=60s")));
    await story.untilHeld(30);
    await completeEndSong();
    const committedAt = performance.now();
    const answers = await Promise.all(held);
    expect(performance.now() - committedAt).toBeLessThan(30_000);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(readyRangeSchema.parse(answers[0]?.body)).toMatchObject({
      ready: true,
      totalHours: 50,
      types: [
        { eventType: "EndSong", hours: 25, produced: 50_000, delivered: 50_000, lost: 0, completeness: 1 },
        { eventType: "AdClick", hours: 25, produced: 50_000, delivered: 49_950, lost: 50, completeness: 0.999 },
      ],
    });
  });

  it("is unchanged for who asks again with its ETag", async () => {
    await completeEndSong();
    const first = await story.get(day("EndSong"));
    expect(first.status).toBe(200);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    const again = await story.api.call("GET", `/api/v1${day("EndSong")}`, { headers });
    expect(again.status).toBe(304);
  });

  it("of UTC when no zone is named, and of any range of hours", async () => {
    await completeEndSong();
    expect((await story.get("/ready?eventTypes=EndSong&day=2026-10-25")).body).toMatchObject({
      zone: "UTC",
      totalHours: 24,
      readyHours: 23,
    });
    const range = await story.get("/ready?eventTypes=EndSong&from=2026-10-25T00&to=2026-10-25T12");
    expect(range).toMatchObject({ status: 200, body: { day: null, zone: null, totalHours: 12 } });
  });

  it("of the future says when asking again makes sense", async () => {
    const { status, headers, body } = await story.get("/ready?eventTypes=EndSong&day=2026-10-27");
    expect([status, headers.get("retry-after")]).toEqual([404, "300"]);
    expect(body.detail).toBe(
      "0 of 24 hours are ready. EndSong 2026-10-27T00 has not ended yet. 23 more hours are not ready.",
    );
  });

  it("still closing when the time is over → 404", async () => {
    await completeEndSong();
    await story.at("2026-10-26T00:10:00Z");
    const askedAt = performance.now();
    const { status, body } = await story.get("/ready?eventTypes=EndSong&day=2026-10-25&wait=1");
    expect(status).toBe(404);
    expect(body.notReady).toMatchObject([{ hour: "2026-10-25T23", state: "closing" }]);
    expect(performance.now() - askedAt).toBeGreaterThan(950);
  });

  it("waits for one hour after the other, whichever comes last", async () => {
    await story.at("2026-10-26T00:10:00Z");
    const query = "/ready?eventTypes=EndSong,AdClick&from=2026-10-25T23&to=2026-10-26T00&wait=30s";
    const held = story.get(query);
    await story.untilHeld(1);
    await story.settle("2026-10-25T23", { eventType: "AdClick" });
    await story.untilHeld(1);
    await story.settle("2026-10-25T23", { eventType: "EndSong" });
    expect((await held).status).toBe(200);
  });
});

describe("a consumer at the gate of a day", () => {
  beforeEach(begin);
  afterEach(end);

  it("has its own threshold for each type, and what it read is remembered for each hour", async () => {
    await completeEndSong();
    await story.at("2026-10-26T00:10:00Z");
    const { status } = await story.get(day("EndSong,AdClick", "&consumer=daily"));
    expect(status).toBe(200);
    for (const type of types) {
      const { body } = await story.get(`/event-types/${type}/hours/${hourAt(3)}/consumers`);
      expect(body.items.find(({ name }: { name: string }) => name === "daily")).toMatchObject({
        reading: { lastReadAt: "2026-10-26T00:10:00Z" },
      });
    }
    const { rows } = await story.test.database.sql.query("SELECT ready, lost FROM hour_reading WHERE lost > 0");
    expect(rows).toEqual([{ ready: true, lost: 50n }]);
    const { rowCount } = await story.test.database.sql.query("SELECT FROM hour_reading");
    expect(rowCount).toBe(50);
  });

  it("that is not registered for every type → 400 that names those", async () => {
    const { status, body } = await story.get(day("EndSong,AdClick", "&consumer=songs"));
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      expect.objectContaining({
        parameter: "consumer",
        detail: expect.stringContaining('AdClick has no consumer "songs"'),
      }),
    ]);
  });
});

describe("what waiting cannot change", () => {
  beforeAll(begin);
  afterAll(end);

  it.each([
    ["eventTypes=Nope,AlsoNope,EndSong&day=2026-10-25", ["eventTypes", "eventTypes"]],
    ["eventTypes=&day=2026-10-25", ["eventTypes"]],
    ["eventTypes=EndSong", ["from"]],
    ["eventTypes=EndSong&from=2026-10-25T00", ["to"]],
    ["eventTypes=EndSong&from=2026-10-25T00&to=2026-10-25T00", ["to"]],
    ["eventTypes=EndSong&from=2026-10-25T00&to=2026-12-25T00", ["to"]],
    ["eventTypes=EndSong&from=soon&to=2026-12-25T00", ["from"]],
    ["eventTypes=EndSong&day=2026-10-25&from=2026-10-25T00", ["day"]],
    ["eventTypes=EndSong&day=2026-02-30", ["day"]],
    ["eventTypes=EndSong&day=2026-10-25&zone=Europe/Nowhere", ["zone"]],
    ["eventTypes=EndSong&from=2026-10-25T00&to=2026-10-25T01&zone=UTC", ["zone"]],
    ["eventTypes=EndSong&day=2011-12-30&zone=Pacific/Apia", ["day"]],
    ["eventTypes=Short&day=2026-10-25", ["eventTypes"]],
    ["eventTypes=EndSong&day=2026-10-24", ["eventTypes"]],
    ["eventTypes=EndSong&day=2026-10-25&wait=61", ["wait"]],
    ["eventTypes=EndSong&day=2026-10-25&minCompleteness=2", ["minCompleteness"]],
    [`eventTypes=${Array.from({ length: 51 }, (_, index) => `T${index}`)}&day=2026-10-25`, ["eventTypes"]],
  ])("%s → 400", async (query, parameters) => {
    const { status, body } = await story.get(`/ready?${query}`);
    expect(status).toBe(400);
    expect(body.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual(parameters);
  });

  it("no token → 401", async () => {
    expect((await story.get(day("EndSong"), null)).status).toBe(401);
  });
});

describe("the readiness of a day, for who looks", () => {
  beforeEach(begin);
  afterEach(end);

  it("has the state of every hour of every type, and where a type is not active", async () => {
    const { status, body } = await story.get(
      "/readiness?eventTypes=AdClick,Short&day=2026-10-25&zone=Europe/Stockholm",
    );
    expect(status).toBe(200);
    const readiness = rangeReadinessSchema.parse(body);
    expect(readiness).toMatchObject({
      ready: false,
      totalHours: 39,
      sentence: expect.stringContaining("24 of 39 hours are ready."),
    });
    const [clicks, short] = readiness.types;
    expect(clicks?.hours).toHaveLength(25);
    expect(clicks?.hours[3]).toEqual({
      hour: hourAt(3),
      state: "incomplete",
      ready: false,
      amended: false,
      accepted: false,
    });
    expect(short?.hours.slice(13, 15)).toEqual([expect.objectContaining({ ready: false }), null]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { consumerSchema, hourConsumerSchema } from "#domain/api/consumers.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const consumers = "/event-types/EndSong/consumers";
const royalties = `${consumers}/royalties-daily`;
const gate = (hour: string, query: string) => `/event-types/EndSong/hours/${hour}/ready?${query}`;

const opening = openingOf({ now: "2026-11-22T11:30:00Z", activeFrom: "2026-11-22T10:00:00Z" });
const begin = async () => {
  story = await opening.begin();
};
const end = () => story.end();

async function put(path: string, body: object) {
  const answer = await story.api.call("PUT", `/api/v1${path}`, { body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function register(): Promise<void> {
  await put(royalties, { contact: "#royalties", minCompleteness: 0.99 });
  await put(`${consumers}/ads`, { contact: "ads@example.com", description: "Billing." });
}

/** Both are registered, and one reads an hour of which 5 events were lost. */
async function readLossyHour() {
  await register();
  await story.settle("2026-11-22T10", { lost: 5 });
  await story.at("2026-11-22T11:50:00Z");
  return story.get(gate("2026-11-22T10", "consumer=royalties-daily"));
}

describe("consumers", () => {
  beforeEach(begin);
  afterEach(end);

  it("are registered with a contact, changed by the same call, listed by name", async () => {
    const made = await put(royalties, { contact: "#royalties", minCompleteness: 0.99 });
    expect(made.status).toBe(200);
    expect(consumerSchema.parse(made.body)).toMatchObject({
      eventType: "EndSong",
      name: "royalties-daily",
      contact: "#royalties",
      description: null,
      minCompleteness: 0.99,
      registeredBy: "admin",
      subscriptions: 0,
    });
    await put(`${consumers}/ads`, { contact: "ads@example.com", description: "Billing." });
    await put(royalties, { contact: "#royalties-oncall", minCompleteness: 0.99 });
    const { body } = await story.get(consumers);
    expect(body.items.map((item: { name: string; contact: string }) => [item.name, item.contact])).toEqual([
      ["ads", "ads@example.com"],
      ["royalties-daily", "#royalties-oncall"],
    ]);
    expect(
      (await story.get(`${consumers}?limit=1&cursor=${(await story.get(`${consumers}?limit=1`)).body.nextCursor}`))
        .body,
    ).toMatchObject({ items: [{ name: "royalties-daily" }], nextCursor: null });
  });

  it("are listed by event type and name for all types at once", async () => {
    await register();
    const names = (body: { items: { eventType: string; name: string }[] }) =>
      body.items.map(({ eventType, name }) => `${eventType} ${name}`);
    const first = (await story.get("/consumers?limit=1")).body;
    expect(names(first)).toEqual(["EndSong ads"]);
    expect(names((await story.get(`/consumers?limit=1&cursor=${first.nextCursor}`)).body)).toEqual([
      "EndSong royalties-daily",
    ]);
    expect((await story.get("/consumers?cursor=x")).status).toBe(400);
  });
});

describe("what is refused of a consumer", () => {
  beforeAll(begin);
  afterAll(end);

  it.each([
    [`${consumers}/x`, {}, 400],
    [`${consumers}/x`, { contact: "  " }, 400],
    [`${consumers}/x`, { contact: "a", minCompleteness: 1.1 }, 400],
    [`${consumers}/x`, { contact: "a", team: "b" }, 400],
    [`${consumers}/${encodeURIComponent("a b")}`, { contact: "a" }, 400],
    ["/event-types/Nope/consumers/x", { contact: "a" }, 404],
  ])("%s %j → %i", async (path, body, status) => {
    expect((await put(path, body)).status).toBe(status);
  });
});

describe("a consumer that asks the gate in its name", () => {
  beforeEach(begin);
  afterEach(end);

  it("is held to its own threshold, and that it read the hour is remembered", async () => {
    const ready = await readLossyHour();
    expect((await story.get(gate("2026-11-22T10", "consumer=ads"))).status).toBe(404);
    expect((await story.get(gate("2026-11-22T10", "consumer=royalties-daily&minCompleteness=0.999"))).status).toBe(404);
    expect(ready).toMatchObject({ status: 200, body: { state: "incomplete", revision: expect.any(Number) } });
    const { body } = await story.get("/event-types/EndSong/hours/2026-11-22T10/consumers");
    expect(hourConsumerSchema.array().parse(body.items)).toMatchObject([
      { name: "ads", reading: null, outdated: false },
      {
        name: "royalties-daily",
        reading: { firstReadAt: "2026-11-22T11:50:00Z", revision: ready.body.revision },
        outdated: false,
      },
    ]);
  });

  it("an amendment shows who read the hour before, until they read it again", async () => {
    await readLossyHour();
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T10", events: 1000 });
    await story.at("2026-11-22T11:55:00Z");
    const read = async () => (await story.get("/event-types/EndSong/hours/2026-11-22T10/consumers")).body.items[1];
    expect(await read()).toMatchObject({ name: "royalties-daily", outdated: true });
    const again = await story.get(gate("2026-11-22T10", "consumer=royalties-daily"));
    expect(await read()).toMatchObject({
      reading: {
        firstReadAt: "2026-11-22T11:50:00Z",
        lastReadAt: "2026-11-22T11:55:00Z",
        revision: again.body.revision,
      },
      outdated: false,
    });
  });

  it("many at once are all noted, in a few statements", async () => {
    await story.settle("2026-11-22T10");
    const names = Array.from({ length: 40 }, (_, index) => `job-${index}`);
    for (const name of names) await put(`${consumers}/${name}`, { contact: "jobs" });
    const answers = await Promise.all(names.map((name) => story.get(gate("2026-11-22T10", `consumer=${name}&wait=5`))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { body } = await story.get("/event-types/EndSong/hours/2026-11-22T10/consumers?limit=500");
    const read = body.items.filter(({ reading }: { reading: object | null }) => reading);
    expect(read.length).toBe(40);
  });

  it("an unregistered consumer is refused with 400: waiting would not help", async () => {
    const { status, body } = await story.get(gate("2026-11-22T10", "consumer=nobody&wait=30"));
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ parameter: "consumer" })]);
    expect(body.detail).toContain("PUT /api/v1/event-types/EndSong/consumers/nobody");
  });
});

describe("removing a consumer", () => {
  beforeEach(begin);
  afterEach(end);

  it("forgets it with what it read; a second time there is none", async () => {
    expect((await readLossyHour()).status).toBe(200);
    expect((await story.api.call("DELETE", `/api/v1${royalties}`)).status).toBe(204);
    expect((await story.get(royalties)).status).toBe(404);
    expect((await story.api.call("DELETE", `/api/v1${royalties}`)).status).toBe(404);
    const { rows } = await story.test.database.sql.query(
      "SELECT FROM hour_reading r WHERE NOT EXISTS (SELECT FROM consumer c WHERE c.id = r.consumer_id)",
    );
    expect(rows).toEqual([]);
  });
});

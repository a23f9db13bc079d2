import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { revisionSchema, verdictSchema, verdictSummarySchema } from "#domain/api/verdict.ts";
import { HourStory, openingOf } from "#test/hour-story.ts";

const hour = "/event-types/EndSong/hours/2026-11-22T13";
let story: HourStory;

const opening = openingOf({ now: "2026-11-22T13:10:00Z", activeFrom: "2026-11-22T10:00:00Z" }, async ({ test }) => {
  await test.database.sql.query("INSERT INTO event_type (name, discovered_at) VALUES ('Stray', now())");
});
const begin = async () => {
  story = await opening.begin();
};
const end = () => story.end();

// Hour 13 in both datacenters: closed at 14:40, 20 of 2,000 events missing, found again at 16:00.
async function toClosing(): Promise<void> {
  for (const dc of ["east", "west"]) {
    await story.count({ dc, stage: "produced", hour: "2026-11-22T13", events: 1000 });
    await story.count({ dc, stage: "delivered", hour: "2026-11-22T13", events: dc === "west" ? 980 : 1000 });
  }
  await story.at("2026-11-22T14:30:00Z");
  await story.watermark("east", "2026-11-22T14:10:00Z");
  await story.watermark("west", "2026-11-22T13:45:00Z");
  await story.judge();
}

async function toVerifying(): Promise<void> {
  await toClosing();
  await story.at("2026-11-22T14:40:00Z");
  await story.watermark("west", "2026-11-22T14:00:00Z");
  await story.judge();
}

async function toIncomplete(): Promise<void> {
  await toVerifying();
  await story.at("2026-11-22T15:30:00Z");
}

async function toAmended(): Promise<void> {
  await toIncomplete();
  await story.at("2026-11-22T16:00:00Z");
  await story.count({ dc: "west", stage: "delivered", hour: "2026-11-22T13", events: 1000 });
  await story.judge();
}

describe("a watermark that closes no hour", () => {
  it("stands in the hour's evidence and reasons all the same", async () => {
    const apart = await HourStory.begin({ now: "2026-11-22T13:10:00Z", activeFrom: "2026-11-22T10:00:00Z" });
    await apart.at("2026-11-22T14:30:00Z");
    for (const watermark of ["2026-11-22T13:45:00Z", "2026-11-22T13:50:00Z"]) {
      await apart.watermark("west", watermark);
      await apart.judge();
      const { body } = await apart.get(hour);
      expect(body.datacenters[1]).toMatchObject({ name: "west", closed: false, watermark });
      expect(body.reasons[1].message).toContain(`its watermark is at ${watermark.slice(11, 16)} UTC`);
    }
    await apart.end();
  });
});

describe("ETags", () => {
  it("an hour that is final is 304 until something changes, an hour that is not says each moment again", async () => {
    const apart = await HourStory.begin({ now: "2026-11-22T14:10:00Z", activeFrom: "2026-11-22T13:00:00Z" });
    await apart.settle("2026-11-22T13");
    const ask = (path: string, etag: string) =>
      apart.api.call("GET", `/api/v1${path}`, { headers: { "if-none-match": etag } });
    const list = "/event-types/EndSong/hours?from=2026-11-22T13&to=2026-11-22T14";
    const open = "/event-types/EndSong/hours/2026-11-22T14";
    const tags = await Promise.all(
      [hour, list, open].map(async (path) => (await apart.get(path)).headers.get("etag") ?? ""),
    );
    expect(tags[0]).toMatch(/^"[^"]+"$/);
    await apart.at("2026-11-22T14:11:00Z");
    expect((await ask(hour, tags[0] ?? "")).status).toBe(304);
    expect((await ask(list, tags[1] ?? "")).status).toBe(304);
    expect((await ask(open, tags[2] ?? "")).status).toBe(200);
    await apart.count({ dc: "west", stage: "delivered", hour: "2026-11-22T13", events: 1001 });
    await apart.judge();
    expect((await ask(hour, tags[0] ?? "")).status).toBe(200);
    expect((await ask(list, tags[1] ?? "")).status).toBe(200);
    await apart.end();
  });
});

describe("one hour's life", () => {
  beforeEach(begin);
  afterEach(end);

  it("open: nothing said, nothing troubles", async () => {
    const { status, body } = await story.get(hour);
    expect(status).toBe(200);
    verdictSchema.parse(body);
    expect(body).toMatchObject({
      eventType: "EndSong",
      hour: "2026-11-22T13",
      state: "open",
      revision: 1,
      endsAt: "2026-11-22T14:00:00Z",
      deadlineAt: "2026-11-22T15:00:00Z",
      closedAt: null,
      closingDelaySeconds: null,
      deadlineMet: null,
      completeness: null,
      forecast: null,
      asOf: "2026-11-22T13:10:00Z",
    });
  });

  it("open → closing: who holds it up and why", async () => {
    await toClosing();
    const { body } = await story.get(hour);
    expect(body).toMatchObject({
      state: "closing",
      closedAt: null,
      deadlineMet: null,
      produced: 2000,
      delivered: 1980,
    });
    expect(body.datacenters).toEqual([
      expect.objectContaining({ name: "east", closed: true, closedAt: "2026-11-22T14:30:00Z", known: true, lost: 0 }),
      expect.objectContaining({ name: "west", closed: false, closedAt: null, watermark: "2026-11-22T13:45:00Z" }),
    ]);
    expect(body.reasons).toEqual([expect.objectContaining({ code: "datacenter_open", datacenter: "west" })]);
  });

  it("closing → verifying → incomplete: lost events, named", async () => {
    await toVerifying();
    expect((await story.get(hour)).body).toMatchObject({
      state: "verifying",
      closingDelaySeconds: 2400,
      deadlineMet: true,
    });
    await story.at("2026-11-22T15:30:00Z");
    const { body } = await story.get(hour);
    verdictSchema.parse(body);
    expect(body).toMatchObject({ state: "incomplete", lost: 20, duplicated: 0, completeness: 0.99, amended: false });
    expect(body.reasons).toEqual([expect.objectContaining({ code: "lost_events", datacenter: "west" })]);
  });

  it("incomplete → complete, amended: the late events are found", async () => {
    await toAmended();
    expect((await story.get(hour)).body).toMatchObject({ state: "complete", amended: true, lost: 0, reasons: [] });
  });

  it("notifies of a loss that moves from one datacenter to another, though the hour's totals stay", async () => {
    const lossOf = (body: { datacenters: { name: string; lost: number }[] }) =>
      body.datacenters.map(({ name, lost }) => [name, lost]);
    const other = "/event-types/EndSong/hours/2026-11-22T15";
    await story.at("2026-11-22T16:05:00Z");
    await story.settle("2026-11-22T15", { lost: 20 });
    await story.at("2026-11-22T16:30:00Z");
    const before = (await story.get(other)).body;
    expect(before).toMatchObject({ state: "incomplete", lost: 20, amended: false });
    expect(lossOf(before)).toEqual([
      ["east", 20],
      ["west", 0],
    ]);
    await story.at("2026-11-22T16:40:00Z");
    // East's late events are found; west recounts what it delivered. One judge sees both.
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T15", events: 1000 });
    const reports = [{ eventType: "EndSong", hour: "2026-11-22T15", events: 980 }];
    await story.say("tidemark.counters.v1", {
      dc: "west",
      stage: "delivered",
      reporter: "west-delivered",
      epoch: 1,
      reports,
    });
    await story.judge();
    const after = (await story.get(other)).body;
    expect(after).toMatchObject({ state: "incomplete", lost: 20, amended: true, revision: before.revision + 1 });
    expect(lossOf(after)).toEqual([
      ["east", 0],
      ["west", 20],
    ]);
    expect(lossOf((await story.get(`${other}?asOf=2026-11-22T16:35:00Z`)).body)).toEqual([
      ["east", 20],
      ["west", 0],
    ]);
    expect(lossOf((await story.get(`${other}?asOf=2026-11-22T16:40:00Z`)).body)).toEqual([
      ["east", 0],
      ["west", 20],
    ]);
  });
});

describe("what an hour was", () => {
  beforeAll(async () => {
    await begin();
    await toAmended();
  });
  afterAll(end);

  it("every revision is kept, oldest first, in pages", async () => {
    const { body } = await story.get(`${hour}/revisions`);
    for (const item of body.items) revisionSchema.parse(item);
    expect(body.items.map((item: { state: string }) => item.state)).toEqual([
      "open",
      "closing",
      "verifying",
      "incomplete",
      "complete",
    ]);
    expect(body.items.map((item: { knownAt: string }) => item.knownAt)).toEqual([
      "2026-11-22T13:10:00Z",
      "2026-11-22T14:30:00Z",
      "2026-11-22T14:40:00Z",
      "2026-11-22T15:30:00Z",
      "2026-11-22T16:00:00Z",
    ]);
    const first = (await story.get(`${hour}/revisions?limit=3`)).body;
    const second = (await story.get(`${hour}/revisions?limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(body.items);
    expect(second.nextCursor).toBeNull();
  });

  it("asOf answers what was known then, with the reasons of then", async () => {
    const then = (await story.get(`${hour}?asOf=2026-11-22T15:30:00Z`)).body;
    verdictSchema.parse(then);
    expect(then).toMatchObject({ state: "incomplete", lost: 20, amended: false, asOf: "2026-11-22T15:30:00Z" });
    expect(then.reasons).toEqual([expect.objectContaining({ code: "lost_events" })]);
    const between = (await story.get(`${hour}?asOf=2026-11-22T14:35:00.5Z`)).body;
    expect(between).toMatchObject({ state: "closing", closedAt: null, deadlineMet: null });
  });

  it("asOf before the first judgement → 404, in the future or no instant → 400", async () => {
    const before = await story.get(`${hour}?asOf=2026-11-22T13:09:59Z`);
    expect(before.status).toBe(404);
    expect(before.body.detail).toBe("Nothing was known of EndSong's hour 2026-11-22T13 at 2026-11-22T13:09:59Z.");
    for (const asOf of ["2026-11-22T16:00:00.001Z", "yesterday", "2026-11-22"]) {
      const answer = await story.get(`${hour}?asOf=${asOf}`);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([expect.objectContaining({ parameter: "asOf" })]);
    }
  });
});

describe("what has no verdict", () => {
  beforeAll(begin);
  afterAll(end);

  it("an unknown type → 404", async () => {
    const { status, body } = await story.get("/event-types/Nope/hours/2026-11-22T13");
    expect(status).toBe(404);
    expect(body.detail).toContain('Event type "Nope" does not exist');
  });

  it("a discovered type → 404 that says how to claim it", async () => {
    for (const path of ["/hours", "/hours/2026-11-22T13", "/hours/2026-11-22T13/revisions"]) {
      const { status, body } = await story.get(`/event-types/Stray${path}`);
      expect(status).toBe(404);
      expect(body.detail).toContain("npx tidemark apply -f FILE");
    }
  });

  it("an hour before the type was active → 404 that says since when it is", async () => {
    const { status, body } = await story.get("/event-types/EndSong/hours/2026-11-22T09");
    expect(status).toBe(404);
    expect(body.detail).toContain("active from 2026-11-22T10 on");
  });

  it.each(["2026-11-22", "2026-11-22T13:30Z", "2026-11-22T24", "2026-02-30T13", "2026-11-22T13+01:00", "now"])(
    "%s is not a valid hour → 400",
    async (text) => {
      const { status, body } = await story.get(`/event-types/EndSong/hours/${encodeURIComponent(text)}`);
      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ parameter: "hour" })]);
    },
  );

  it("no one reads without the scope", async () => {
    const made = await story.api.call("POST", "/api/v1/tokens", { body: { name: "in", scopes: ["ingest"] } });
    const { token } = (await made.json()) as { token: string };
    for (const path of [
      hour,
      `${hour}/ready`,
      `${hour}/revisions`,
      "/event-types/EndSong/hours",
      "/board",
      "/status",
    ]) {
      expect((await story.get(path, token)).status).toBe(403);
      expect((await story.get(path, null)).status).toBe(401);
    }
  });
});

describe("hours that are not judged yet", () => {
  beforeEach(async () => {
    await begin();
    await story.at("2026-11-22T16:40:00Z");
  });
  afterEach(end);

  it("a future hour of the active range is open", async () => {
    const { status, body } = await story.get("/event-types/EndSong/hours/2026-12-24T18");
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: "open", produced: 0, datacenters: [{ name: "east" }, { name: "west" }] });
  });

  it("an hour that just ended is judged by the reader while the worker is behind", async () => {
    story.clock.set("2026-11-22T17:00:01Z");
    expect((await story.get("/event-types/EndSong/hours/2026-11-22T16")).body).toMatchObject({
      state: "closing",
      revision: 2,
    });
    const listed = (await story.get("/event-types/EndSong/hours?from=2026-11-22T16")).body;
    expect(listed.items.map((item: { hour: string; state: string }) => [item.hour, item.state])).toEqual([
      ["2026-11-22T16", "closing"],
      // Not created yet.
      ["2026-11-22T17", "open"],
    ]);
  });

  it("and the worker then writes what the reader saw", async () => {
    story.clock.set("2026-11-22T17:00:01Z");
    const told = (await story.get("/event-types/EndSong/hours/2026-11-22T16")).body;
    await story.judge();
    expect((await story.get("/event-types/EndSong/hours/2026-11-22T16")).body).toEqual(told);
  });
});

describe("lists", () => {
  beforeAll(async () => {
    await begin();
    await story.at("2026-11-22T17:00:01Z");
  });
  afterAll(end);

  const list = (query: string) => story.get(`/event-types/EndSong/hours${query}`);
  const hoursOf = (body: { items: { hour: string }[] }) => body.items.map((item) => item.hour.slice(-2));

  it("by default: the last 24 hours as far as the type was active, oldest first, without evidence", async () => {
    const { status, body } = await list("");
    expect(status).toBe(200);
    for (const item of body.items) verdictSummarySchema.strict().parse(item);
    expect(hoursOf(body)).toEqual(["10", "11", "12", "13", "14", "15", "16", "17"]);
    expect(body.nextCursor).toBeNull();
  });

  it("from is included, to is not, in all forms of an hour", async () => {
    for (const [from, to] of [
      ["2026-11-22T12", "2026-11-22T14"],
      ["2026-11-22T12Z", "2026-11-22T14:00Z"],
      ["2026-11-22T12:00:00Z", "2026-11-22T14:00:00Z"],
    ]) {
      expect(hoursOf((await list(`?from=${from}&to=${to}`)).body)).toEqual(["12", "13"]);
    }
  });

  it("pages without repeating or missing an hour", async () => {
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(3);
      paged.push(...hoursOf(body));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(["10", "11", "12", "13", "14", "15", "16", "17"]);
  });

  it("hours that have not begun are not listed", async () => {
    expect(hoursOf((await list("?from=2026-11-22T16&to=2027-01-01T00")).body)).toEqual(["16", "17"]);
    expect((await list("?from=2027-01-01T00")).body).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    "?from=2026-11-22T12:30Z",
    "?to=tomorrow",
    "?from=2026-11-22T14&to=2026-11-22T13",
    "?limit=0",
    "?limit=501",
    "?cursor=bm9uc2Vuc2U",
  ])("%s → 400", async (query) => {
    expect((await list(query)).status).toBe(400);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "#domain/protocol.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { HourStory } from "#test/hour-story.ts";
import { rollUpAll } from "#test/slo.ts";
import { workerContext } from "#test/worker-context.ts";
import { workOffCorrections } from "./work-off-corrections.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-11-22T10:30:00Z",
    activeFrom: "2026-11-22T10:00:00Z",
    eventTypes: ["EndSong", "AdClick"],
  });
});
afterEach(() => story.end());

const hourPath = (hour: string) => `/event-types/EndSong/hours/${hour}`;
const verdict = async (hour: string) => (await story.get(hourPath(hour))).body;
const gate = async (hour: string) => (await story.get(`${hourPath(hour)}/ready`)).status;

async function post(body: object, query = "") {
  const answer = await story.api.call("POST", `/api/v1/corrections${query}`, { body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> & { id: string } };
}

async function undo(id: string, query = "") {
  const answer = await story.api.call("DELETE", `/api/v1/corrections/${id}${query}`);
  return { status: answer.status, body: await answer.json() };
}

/** As a database holds it that was written before the door refused marks of the future. */
async function sayUnchecked(message: Partial<Message>): Promise<void> {
  const writer = new BatchWriter({ database: story.test.database, clock: story.clock, instance: "old" });
  const whole = { source: "/old", id: "1", time: story.clock.now(), ...message } as Message;
  await writer.write({ messages: [whole], rejected: [] });
}

describe("a watermark of the year 9999", () => {
  const drained: Partial<Message> = {
    kind: "watermark",
    dc: "west",
    marks: [{ eventType: "EndSong", watermark: new Date("9999-12-31T23:59:59Z") }],
  };

  beforeEach(async () => {
    // Silence about EndSong is zero, for both reported AdClick.
    for (const dc of ["east", "west"]) {
      for (const hour of ["2026-11-22T10", "2026-11-22T11"])
        await story.count({ dc, stage: "produced", hour, events: 5, eventType: "AdClick" });
    }
    await story.watermark("west", "2026-11-22T10:29:00Z");
    await sayUnchecked(drained);
    await story.at("2026-11-22T11:05:00Z");
    await story.watermark("east", "2026-11-22T11:04:00Z");
    await story.judge();
  });

  test("complete without events → closing: its marks are reset → complete: an honest watermark counts", async () => {
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "complete", delivered: 0 });
    expect(await gate("2026-11-22T10")).toBe(200);
    const reset = { action: "reset-watermark", datacenter: "west", after: "2026-11-22T10:00:00Z", reason: "drained" };
    expect((await post(reset, "?dryRun=true")).body).toMatchObject({
      hourCount: 1,
      hours: [{ hour: "2026-11-22T10", before: { state: "complete" }, after: { state: "closing" } }],
    });
    expect(await gate("2026-11-22T10")).toBe(200);

    const made = await post(reset);
    expect(made).toMatchObject({ status: 201, body: { state: "active", createdBy: "admin" } });
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "closing", amended: true });
    expect(await gate("2026-11-22T10")).toBe(404);
    const { body } = await story.get(`${hourPath("2026-11-22T10")}/revisions`);
    expect(body.items.at(-1)).toMatchObject({ state: "closing", correction: made.body.id });

    // Delivered once more, it changes nothing.
    await sayUnchecked({ ...drained, time: new Date("2026-11-22T10:30:00Z") });
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "closing" });

    await story.at("2026-11-22T11:10:00Z");
    await story.watermark("west", "2026-11-22T11:09:00Z");
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "complete", closedAt: "2026-11-22T11:10:00Z" });
    await story.at("2026-11-22T12:05:00Z");
    expect(await verdict("2026-11-22T11")).toMatchObject({ state: "closing" });
  });

  test("the watermark falls to the largest that is left, and is as it was once undone", async () => {
    const west = async () =>
      (await verdict("2026-11-22T10")).datacenters.find((dc: { name: string }) => dc.name === "west").watermark;
    const before = await west();
    const made = await post({
      action: "reset-watermark",
      datacenter: "west",
      eventType: "EndSong",
      after: "2026-11-22T10:29:00Z",
      reason: "drained",
    });
    expect(await west()).toBe("2026-11-22T10:00:00Z");
    await undo(made.body.id);
    expect(await west()).toBe(before);
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "complete" });
  });
});

describe("counts that are wrong", () => {
  test("epoch 2^53 − 1 outlives no correction", async () => {
    await story.at("2026-11-22T11:05:00Z");
    await story.settle("2026-11-22T10");
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "complete", produced: 2000 });
    const hour = "2026-11-22T10";
    const reports = [{ eventType: "EndSong", hour, events: 20_000_000 }];
    const epoch = Number.MAX_SAFE_INTEGER;
    await story.say("tidemark.counters.v1", {
      dc: "east",
      stage: "delivered",
      reporter: "east-delivered",
      epoch,
      reports,
    });
    await story.at("2026-11-22T12:00:00Z");
    expect(await verdict(hour)).toMatchObject({ state: "overcounted" });

    const made = await post({
      action: "discard-counts",
      eventType: "EndSong",
      datacenter: "east",
      stage: "delivered",
      reporter: "east-delivered",
      from: hour,
      to: "2026-11-22T11",
      reason: "A test ran against production.",
    });
    await story.at("2026-11-22T12:01:00Z");
    expect(await verdict(hour)).toMatchObject({ state: "incomplete", delivered: 1000 });
    await story.count({ dc: "east", stage: "delivered", hour, events: 1000 });
    await story.judge();
    expect(await verdict(hour)).toMatchObject({ state: "complete", delivered: 2000 });

    await undo(made.body.id, "?reason=It%20was%20right");
    await story.judge();
    expect(await verdict(hour)).toMatchObject({ state: "overcounted" });
    const { body } = await story.get("/corrections?active=false");
    expect(body.items).toMatchObject([{ id: made.body.id, state: "undone", undoReason: "It was right" }]);
  });

  test("a datacenter whose only produced counts are discarded is unknown again, for every type", async () => {
    await story.at("2026-11-22T11:05:00Z");
    for (const dc of ["east", "west"]) {
      await story.count({ dc, stage: "produced", hour: "2026-11-22T10", events: 5, eventType: "AdClick" });
      await story.watermark(dc, "2026-11-22T11:00:00Z");
    }
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "complete" });
    const discard = { action: "discard-counts", eventType: "AdClick", datacenter: "east", reason: "test traffic" };
    expect((await post(discard, "?dryRun=true")).body).toMatchObject({ alsoUnknown: true, hourCount: 1 });
    const { body } = await post(discard);
    await story.at("2026-11-22T11:30:00Z");
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "unverified" });
    await undo(body.id);
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ state: "complete" });
  });

  test("what a request had no time for is finished by whoever comes next", async () => {
    await story.at("2026-11-22T11:05:00Z");
    await story.settle("2026-11-22T10");
    await story.test.database.sql.query(
      `INSERT INTO correction (action, event_type_id, datacenter_id, event_type, datacenter, observed_through, reason, created_at, created_by)
       SELECT 'discard-counts', t.id, d.id, t.name, d.name, d.last_seen_at, 'wrong', now(), 'a process that died'
         FROM event_type t, datacenter d WHERE t.name = 'EndSong' AND d.name = 'east'`,
    );
    expect((await story.get("/corrections")).body.items).toMatchObject([{ state: "applying" }]);
    await workOffCorrections({ ctx: workerContext(story.test.database, story.clock), input: {} });
    await story.judge();
    expect(await verdict("2026-11-22T10")).toMatchObject({ produced: 1000, delivered: 1000 });
    expect((await story.get("/corrections")).body.items).toMatchObject([{ state: "active", affectedHours: 1 }]);
  });

  test("a frozen month is restated, and the restatement names the correction", async () => {
    await story.at("2026-11-22T11:05:00Z");
    await story.settle("2026-11-22T10");
    await story.at("2026-12-10T00:00:00Z");
    await rollUpAll(story);
    await post({
      action: "discard-counts",
      eventType: "EndSong",
      datacenter: "east",
      stage: "delivered",
      reason: "counted twice",
    });
    await story.judge();
    await rollUpAll(story);
    const { rows } = await story.test.database.sql.query<{ causes: object[] }>("SELECT causes FROM slo_restatement");
    expect(rows.flatMap(({ causes }) => causes)).toContainEqual({
      cause: "correction",
      actor: "admin",
      reason: "Correction 1 (discard-counts): counted twice",
    });
  });
});

describe("a loss that is permanent", () => {
  const accept = { action: "accept-hour", eventType: "EndSong", from: "2026-11-22T10", reason: "The disk is gone." };

  beforeEach(async () => {
    await story.at("2026-11-22T11:05:00Z");
    await story.settle("2026-11-22T10", { lost: 100 });
    await story.at("2026-11-22T12:05:00Z");
    await story.settle("2026-11-22T11");
  });

  test("incomplete → accepted: the gate and completeThrough pass, state and figures stay", async () => {
    expect(await gate("2026-11-22T10")).toBe(404);
    expect((await story.get("/event-types/EndSong")).body).toMatchObject({ completeThrough: null, holeCount: 1 });
    expect((await post(accept, "?dryRun=true")).body).toMatchObject({
      hourCount: 1,
      hours: [{ before: { state: "incomplete", accepted: false }, after: { state: "incomplete", accepted: true } }],
    });
    const { body } = await post(accept);
    await story.judge();
    const read = await story.get(`${hourPath("2026-11-22T10")}/ready?minCompleteness=1`);
    expect(read).toMatchObject({
      status: 200,
      body: {
        state: "incomplete",
        lost: 100,
        accepted: { correction: body.id, by: "admin", at: "2026-11-22T12:05:00Z", reason: accept.reason },
      },
    });
    expect((await story.get("/event-types/EndSong")).body).toMatchObject({
      completeThrough: "2026-11-22T11",
      holeCount: 0,
    });
  });

  test("accepted → worse: ended; better again: accepted; undone: as before", async () => {
    const { body } = await post(accept);
    await story.judge();
    await story.count({ dc: "west", stage: "produced", hour: "2026-11-22T10", events: 1050 });
    await story.judge();
    expect(await gate("2026-11-22T10")).toBe(404);
    expect(await verdict("2026-11-22T10")).toMatchObject({ lost: 150, accepted: null });
    expect((await story.get("/event-types/EndSong")).body.completeThrough).toBeNull();

    await story.count({ dc: "west", stage: "delivered", hour: "2026-11-22T10", events: 1050 });
    await story.judge();
    expect(await gate("2026-11-22T10")).toBe(200);

    await undo(body.id);
    await story.judge();
    expect(await gate("2026-11-22T10")).toBe(404);
    const { items } = (await story.get(`${hourPath("2026-11-22T10")}/revisions`)).body;
    const named = items.map((item: { accepted: object | null; correction: string | null }) => [
      item.accepted !== null,
      item.correction,
    ]);
    expect(named.slice(-4)).toEqual([
      [true, body.id],
      [false, body.id],
      [true, body.id],
      [false, body.id],
    ]);
    expect(await undo(body.id)).toMatchObject({
      status: 409,
      body: { detail: "Correction 1 was already undone by admin at 2026-11-22T12:05:00Z." },
    });
  });

  test("an hour that has not ended, that is complete, or that is not there cannot be accepted", async () => {
    expect(await post({ ...accept, from: "2026-11-22T12" })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/to" }] },
    });
    expect(await post({ ...accept, from: "2026-11-22T11" })).toMatchObject({ status: 409 });
    expect(await post({ ...accept, from: "2026-11-21T11" })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/from" }] },
    });
    expect(await post({ ...accept, eventType: "Nothing" })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/eventType" }] },
    });
  });
});

describe("the API", () => {
  test("lists by type, datacenter, action and state, page by page", async () => {
    for (const datacenter of ["east", "west"]) {
      await post({ action: "reset-watermark", datacenter, after: "2026-11-22T10:00:00Z", reason: datacenter });
      await post({ action: "discard-counts", datacenter, eventType: "AdClick", reason: datacenter });
    }
    const ids = async (query: string) =>
      (await story.get(`/corrections${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids("")).toEqual(["4", "3", "2", "1"]);
    expect(await ids("?datacenter=east")).toEqual(["2", "1"]);
    // A reset of the whole datacenter is EndSong's too.
    expect(await ids("?eventType=EndSong")).toEqual(["3", "1"]);
    expect(await ids("?action=discard-counts")).toEqual(["4", "2"]);
    await undo("4");
    expect(await ids("?active=true")).toEqual(["3", "2", "1"]);
    const first = (await story.get("/corrections?limit=3")).body;
    expect(await ids(`?limit=3&cursor=${first.nextCursor}`)).toEqual(["1"]);
    expect((await story.get("/corrections/2")).body).toMatchObject({
      id: "2",
      eventType: "AdClick",
      datacenter: "east",
    });
    expect((await story.get("/corrections/99")).status).toBe(404);
    expect((await story.get("/corrections/x")).status).toBe(404);
  });

  test("needs the scope write, and a reader may look", async () => {
    const token = async (scope: string) => {
      const answer = await story.api.call("POST", "/api/v1/tokens", {
        body: { name: scope, scopes: [scope], expiresAt: null },
      });
      return ((await answer.json()) as { token: string }).token;
    };
    const body = { action: "reset-watermark", datacenter: "east", after: "2026-11-22T10:00:00Z", reason: "wrong" };
    const as = async (scope: string, method: string, path: string) =>
      (
        await story.api.call(method, `/api/v1${path}`, {
          token: await token(scope),
          ...(method === "POST" ? { body } : {}),
        })
      ).status;
    expect(await as("respond", "POST", "/corrections")).toBe(403);
    expect(await as("read", "POST", "/corrections?dryRun=true")).toBe(403);
    expect(await as("write", "POST", "/corrections")).toBe(201);
    expect(await as("read", "GET", "/corrections")).toBe(200);
    expect(await as("respond", "DELETE", "/corrections/1")).toBe(403);
  });
});

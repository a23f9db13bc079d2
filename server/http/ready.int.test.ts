import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verdictSchema } from "#domain/api/verdict.ts";
import { HourStory, openingOf } from "#test/hour-story.ts";

const gate = (hour: string, query = "") => `/event-types/EndSong/hours/${hour}/ready${query}`;
let story: HourStory;
/** Longer than any question is held: who gets an answer before the end of its wait was woken. */
const never = 3_600_000;
/** Half of how long the questions below are held: a machine that is slow is no failure. */
const beforeTheEndMs = 30_000;

const opening = openingOf(
  { now: "2026-11-22T10:58:00Z", activeFrom: "2026-11-22T10:00:00Z", lookAgainMs: never },
  async ({ test }) => {
    await test.database.sql.query("INSERT INTO event_type (name, discovered_at) VALUES ('Stray', now())");
  },
);
const begin = async () => {
  story = await opening.begin();
};
const end = () => story.end();

async function completeHour10(): Promise<void> {
  await story.at("2026-11-22T11:41:00Z");
  await story.settle("2026-11-22T10");
}

describe("the gate without waiting", () => {
  beforeEach(begin);
  afterEach(end);

  it("open → 404 until the hour's end, and when it ends", async () => {
    const { status, headers, body } = await story.get(gate("2026-11-22T10"));
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("retry-after")).toBe("120");
    expect(body).toMatchObject({ status: 404, title: "Not ready yet", type: "/api/docs#problem-not-ready" });
    expect(body.detail).toContain("It ends at 2026-11-22T11:00:00Z");
  });

  it("closing → 404 that names who holds it up and when it probably closes", async () => {
    await completeHour10();
    await story.at("2026-11-22T12:10:00Z");
    for (const dc of ["east", "west"]) {
      await story.count({ dc, stage: "produced", hour: "2026-11-22T11", events: 1000 });
      await story.count({ dc, stage: "delivered", hour: "2026-11-22T11", events: 980 });
    }
    await story.watermark("east", "2026-11-22T12:05:00Z");
    await story.watermark("west", "2026-11-22T11:30:00Z");
    await story.judge();
    const { status, headers, body } = await story.get(gate("2026-11-22T11"));
    expect(status).toBe(404);
    expect(headers.get("retry-after")).toBe("15");
    expect(body.detail).toBe(
      "EndSong 2026-11-22T11 is not closed by every expected datacenter yet. " +
        "west has not closed the hour: its watermark is at 11:30 UTC, 30 min before the hour's end. " +
        "east lost 20 of 1,000 events (2 %). " +
        "It usually closes 41 min after the hour's end, probably at 2026-11-22T12:41:00Z; the deadline is 2026-11-22T13:00:00Z.",
    );
  });

  it("complete → 200 with the verdict", async () => {
    await completeHour10();
    const { status, body } = await story.get(gate("2026-11-22T10"));
    expect(status).toBe(200);
    expect(verdictSchema.parse(body)).toMatchObject({ hour: "2026-11-22T10", state: "complete" });
  });

  it("incomplete → 404, unless the asker tolerates the loss", async () => {
    await story.at("2026-11-22T12:41:00Z");
    await story.settle("2026-11-22T11", { lost: 10 });
    await story.at("2026-11-22T13:10:00Z");
    const refused = await story.get(gate("2026-11-22T11"));
    expect(refused.status).toBe(404);
    expect(refused.body.detail).toContain("EndSong 2026-11-22T11 is incomplete. east lost 10 of 1,000 events");
    expect((await story.get(gate("2026-11-22T11", "?minCompleteness=0.995"))).body).toMatchObject({
      state: "incomplete",
    });
    const stricter = await story.get(gate("2026-11-22T11", "?minCompleteness=0.996"));
    expect(stricter.status).toBe(404);
    expect(stricter.body.detail).toContain("its completeness is 0.995, and 0.996 is required");
  });

  it("what waiting cannot change → 400", async () => {
    for (const path of [
      "/event-types/Nope/hours/2026-11-22T10/ready",
      "/event-types/Stray/hours/2026-11-22T10/ready",
      "/event-types/EndSong/hours/2026-11-21T23/ready",
      "/event-types/EndSong/hours/soon/ready",
    ]) {
      expect((await story.get(path)).status).toBe(400);
    }
  });
});

describe("the parameters of a gate whose hour is ready", () => {
  beforeAll(async () => {
    await begin();
    await completeHour10();
  });
  afterAll(end);

  it.each([
    ["wait", "61"],
    ["wait", "2m"],
    ["wait", "-1"],
    ["wait", "1.5"],
    ["wait", ""],
    ["wait", "long"],
    ["minCompleteness", "1.01"],
    ["minCompleteness", "-0.1"],
    ["minCompleteness", "99%"],
    ["minCompleteness", ""],
    ["minCompleteness", "NaN"],
  ])("%s=%s → 400 that says what can be written", async (parameter, value) => {
    const { status, body } = await story.get(gate("2026-11-22T10", `?${parameter}=${encodeURIComponent(value)}`));
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ parameter })]);
  });

  it.each(["wait=0", "wait=60", "wait=60s", "wait=1m", "minCompleteness=0", "minCompleteness=1", "minCompleteness=.5"])(
    "%s is read, and a ready hour is not held",
    async (query) => expect((await story.get(gate("2026-11-22T10", `?${query}`))).status).toBe(200),
  );
});

describe("the gate that waits", () => {
  beforeEach(begin);
  afterEach(end);

  it("closing → complete: the commit wakes every held request over one connection", async () => {
    await story.at("2026-11-22T14:30:00Z");
    const held = Array.from({ length: 50 }, () => story.get(gate("2026-11-22T13", "?wait=60s")));
    await story.untilHeld(50);
    await story.settle("2026-11-22T13");
    const committedAt = performance.now();
    const answers = await Promise.all(held);
    expect(performance.now() - committedAt).toBeLessThan(beforeTheEndMs);
    expect(answers.every(({ status, body }) => status === 200 && body.state === "complete")).toBe(true);
    expect(await listeners()).toBe(1);
  });

  it("still closing when the time is over → 404", async () => {
    await story.at("2026-11-22T15:30:00Z");
    const askedAt = performance.now();
    const { status } = await story.get(gate("2026-11-22T14", "?wait=1"));
    expect(status).toBe(404);
    expect(performance.now() - askedAt).toBeGreaterThan(950);
  });

  it("losing the connection loses no wake-up", async () => {
    await story.at("2026-11-22T15:30:00Z");
    const held = story.get(gate("2026-11-22T14", "?wait=60s"));
    await story.untilHeld(1);
    await story.test.database.sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    await story.settle("2026-11-22T14");
    const committedAt = performance.now();
    expect((await held).status).toBe(200);
    expect(performance.now() - committedAt).toBeLessThan(beforeTheEndMs);
  });

  it("finds an unannounced verdict by polling", async () => {
    const looking = await HourStory.begin({ now: "2026-11-22T16:30:00Z", activeFrom: "2026-11-22T15:00:00Z" });
    const held = looking.get(gate("2026-11-22T15", "?wait=60s"));
    await looking.untilHeld(1);
    await looking.test.database.sql.query(
      `UPDATE verdict SET state = 'complete', closed_at = '2026-11-22T16:20:00Z', next_due_at = NULL, judged_at = '2026-11-22T16:30:00Z'
        WHERE hour = '2026-11-22T15:00:00Z'`,
    );
    const changedAt = performance.now();
    expect((await held).status).toBe(200);
    expect(performance.now() - changedAt).toBeLessThan(beforeTheEndMs);
    await looking.end();
  });

  it("closing the product ends held requests at once", async () => {
    const other = await HourStory.begin({ now: "2026-11-22T10:58:00Z", activeFrom: "2026-11-22T00:00:00Z" });
    const held = other.get(gate("2026-11-22T10", "?wait=60"));
    await other.untilHeld(1);
    const closedAt = performance.now();
    await other.api.close();
    expect((await held).status).toBe(404);
    expect(performance.now() - closedAt).toBeLessThan(beforeTheEndMs);
    await other.end();
  });
});

async function listeners(): Promise<number> {
  const { rows } = await story.test.database.sql.query<{ count: bigint }>(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
  );
  return Number(rows[0]?.count);
}

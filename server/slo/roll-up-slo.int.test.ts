import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Transaction } from "#server/db/database.ts";
import { HourStory } from "#test/hour-story.ts";
import { judgeHours } from "#test/judge-and-alert.ts";
import { rollUpAll } from "#test/slo.ts";
import { workerContext } from "#test/worker-context.ts";
import { rollUpSlo } from "./roll-up-slo.ts";

let story: HourStory;

beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-10-05T09:30:00Z",
    activeFrom: "2026-10-05T10:00:00Z",
    deadlineSeconds: 3_600,
  });
});
afterEach(() => story.end());

const sql = <Row extends object>(statement: string, values: unknown[] = []) =>
  story.test.database.sql.query<Row>(statement, values).then(({ rows }) => rows);
const days = () =>
  sql(
    `SELECT to_char(day AT TIME ZONE 'UTC', 'MM-DD') AS day, excused_hours, due_hours, met_hours, proven_hours, complete_hours
       FROM slo_day ORDER BY day`,
  );
const month = () => sql(`SELECT due_hours, met_hours, frozen_at, frozen_counts AS frozen FROM slo_month`);
const restatements = () =>
  sql<{
    causes: { cause: string; actor: string | null; reason: string | null }[];
    before: { metHours: number };
    after: { metHours: number };
  }>("SELECT causes, before, after FROM slo_restatement ORDER BY id");
const marks = () => sql<{ count: bigint }>("SELECT count(*) FROM slo_dirty_day").then((rows) => Number(rows[0]?.count));

describe("a running day", () => {
  test("complete → counts only when its deadline is over, with nothing but time passing", async () => {
    await story.at("2026-10-05T11:20:00Z");
    await story.settle("2026-10-05T10");
    await rollUpAll(story);
    expect(await days()).toMatchObject([{ due_hours: 0, met_hours: 0 }]);
    expect(await marks()).toBe(0);

    // The hour is not judged again: only its deadline passes.
    story.clock.set("2026-10-05T12:00:01Z");
    await rollUpAll(story);
    expect(await days()).toMatchObject([{ due_hours: 1, met_hours: 1, proven_hours: 1, complete_hours: 1 }]);
  });

  test("never closed → missed from its deadline on", async () => {
    await story.at("2026-10-05T12:00:01Z");
    await rollUpAll(story);
    expect(await days()).toMatchObject([{ due_hours: 1, met_hours: 0, proven_hours: 0 }]);
    expect(await sql("SELECT measure, datacenter, hours FROM slo_cause")).toEqual([
      { measure: "timeliness", datacenter: "several datacenters", hours: 1 },
    ]);
  });

  test("an hour of the next UTC day is the next day's, and another month is another month", async () => {
    await sql("UPDATE event_type SET active_to = '2026-11-01T02:00Z'");
    await story.at("2026-11-01T09:00:00Z");
    await rollUpAll(story);
    expect((await days()).at(-1)).toMatchObject({ day: "11-01", due_hours: 2 });
    expect(
      await sql("SELECT to_char(month AT TIME ZONE 'UTC', 'MM') AS month, due_hours FROM slo_month ORDER BY month"),
    ).toEqual([
      { month: "10", due_hours: 14 + 26 * 24 },
      { month: "11", due_hours: 2 },
    ]);
  });
});

describe("two replicas and a kill", () => {
  test("a roll-up that dies leaves its marks; the next one adds the same up", async () => {
    await story.at("2026-10-05T13:00:01Z");
    const before = await marks();
    expect(before).toBeGreaterThan(0);
    const ctx = workerContext(story.test.database, story.clock);
    const dying = {
      ...ctx,
      database: {
        ...ctx.database,
        transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
          ctx.database.transaction(async (tx) => {
            await work(tx);
            throw new Error("killed before the commit");
          }),
      },
    };
    await expect(rollUpSlo({ ctx: dying, input: { limit: 100 } })).rejects.toThrow("killed");
    expect([await marks(), await days()]).toEqual([before, []]);
    await rollUpAll(story);
    expect(await days()).toMatchObject([{ due_hours: 2, met_hours: 0 }]);
  });

  test("four at once while the judge works: the last word is the verdicts'", async () => {
    const ctx = workerContext(story.test.database, story.clock);
    for (let hour = 10; hour < 20; hour += 1) {
      story.clock.set(`2026-10-05T${hour + 2}:00:01Z`);
      await story.closeHour("east", `2026-10-05T${hour}`);
      await story.closeHour("west", `2026-10-05T${hour}`);
      const roll = () => rollUpSlo({ ctx, input: { limit: 1 } });
      await Promise.all([roll(), story.judge(), roll(), judgeHours({ ctx, input: { limit: 1 } }), roll(), roll()]);
    }
    await story.judge();
    await rollUpAll(story);
    const [row] = await days();
    const [truth] = await sql(
      `SELECT count(*)::int AS due_hours, count(*) FILTER (WHERE closed_at <= deadline_at)::int AS met_hours
         FROM verdict WHERE deadline_at < $1`,
      [story.clock.now()],
    );
    expect(row).toMatchObject(truth as object);
  });
});

describe("a frozen month", () => {
  /** October of one type that was active for three hours: one was on time, one late, one never closed. */
  async function liveThroughOctober(): Promise<void> {
    await sql("UPDATE event_type SET active_to = '2026-10-05T13:00Z'");
    await story.at("2026-10-05T11:20:00Z");
    await story.settle("2026-10-05T10");
    await story.at("2026-10-05T13:20:00Z");
    await story.settle("2026-10-05T11");
    await story.at("2026-11-02T23:59:59Z");
    await rollUpAll(story);
  }

  test("running → frozen on the 3rd, not a second before", async () => {
    await liveThroughOctober();
    expect(await month()).toMatchObject([{ due_hours: 3, met_hours: 1, frozen_at: null }]);
    story.clock.set("2026-11-03T00:00:00Z");
    await rollUpAll(story);
    expect(await month()).toMatchObject([
      { due_hours: 3, met_hours: 1, frozen_at: new Date("2026-11-03T00:00:00Z"), frozen: { dueHours: 3, metHours: 1 } },
    ]);
  });

  test("frozen → restated by late reports, which are named; what was frozen stays beside it", async () => {
    await liveThroughOctober();
    story.clock.set("2026-11-03T00:00:00Z");
    await rollUpAll(story);
    // A marker that was on its way for a month: it closed the hour in time.
    for (const dc of ["east", "west"]) await lateMarker(dc, "2026-10-05T12", "2026-10-05T13:30:00Z");
    await story.judge();
    await rollUpAll(story);
    expect(await month()).toMatchObject([{ met_hours: 2, frozen: { metHours: 1 } }]);
    expect(await restatements()).toMatchObject([
      { causes: [{ cause: "reports", actor: null }], before: { metHours: 1 }, after: { metHours: 2 } },
    ]);
    // The same again changes nothing, and nothing is restated.
    await lateMarker("east", "2026-10-05T12", "2026-10-05T13:30:00Z");
    await story.judge();
    await rollUpAll(story);
    expect(await restatements()).toHaveLength(1);
  });

  test("frozen → restated by a change of the catalogue, with who and what", async () => {
    await liveThroughOctober();
    story.clock.set("2026-11-03T00:00:00Z");
    await rollUpAll(story);
    const answer = await story.api.call("PUT", "/api/v1/event-types/EndSong", {
      body: { owner: "tests", tier: "high", deadline: "10m", activeFrom: "2026-10-05T10", activeTo: "2026-10-05T13" },
    });
    expect(answer.status).toBe(200);
    await story.judge();
    await rollUpAll(story);
    expect(await restatements()).toMatchObject([
      {
        causes: [{ cause: "catalogue", actor: "admin", reason: "EventType EndSong: deadline 1h → 10m" }],
        before: { metHours: 1 },
        after: { metHours: 0 },
      },
    ]);
  });

  test("a claim of an old past is frozen two days after the claim: what is loaded meanwhile is no restatement", async () => {
    await sql("UPDATE event_type SET claimed_at = '2026-11-20T08:00Z', active_to = '2026-10-05T13:00Z'");
    await story.at("2026-11-20T09:00:00Z");
    await rollUpAll(story);
    expect(await month()).toMatchObject([{ frozen_at: null }]);
    await story.at("2026-11-22T08:00:00Z");
    await rollUpAll(story);
    expect(await month()).toMatchObject([{ frozen_at: new Date("2026-11-22T08:00:00Z") }]);
    expect(await restatements()).toEqual([]);
  });

  test("a past that the catalogue adds later is frozen two days after that: what is loaded into it is no restatement", async () => {
    await liveThroughOctober();
    story.clock.set("2026-11-20T08:00:00Z");
    await story.api.call("PUT", "/api/v1/event-types/EndSong", {
      body: { owner: "tests", tier: "high", deadline: "60m", activeFrom: "2026-09-30T22", activeTo: "2026-10-05T13" },
    });
    await story.judge();
    await rollUpAll(story);
    const frozen = () => sql("SELECT due_hours, frozen_at FROM slo_month ORDER BY month LIMIT 1");
    expect(await frozen()).toEqual([{ due_hours: 2, frozen_at: null }]);
    await story.at("2026-11-22T08:00:00Z");
    await rollUpAll(story);
    expect(await frozen()).toEqual([{ due_hours: 2, frozen_at: new Date("2026-11-22T08:00:00Z") }]);
  });

  test("hours that were not created yet hold the freeze back: everything stood still over the month's end", async () => {
    await story.at("2026-10-31T12:00:00Z");
    await rollUpAll(story);
    story.clock.set("2026-11-05T00:00:00Z");
    await rollUpAll(story);
    const frozen = async () =>
      (await sql<{ frozenAt: Date }>(`SELECT frozen_at AS "frozenAt" FROM slo_month WHERE frozen_at IS NOT NULL`)).map(
        ({ frozenAt }) => frozenAt,
      );
    expect(await frozen()).toEqual([]);
    await story.judge();
    await rollUpAll(story);
    expect(await frozen()).toEqual([new Date("2026-11-05T00:00:00Z")]);
    expect(await restatements()).toEqual([]);
  });

  test("a mark that is not added up holds the freeze back", async () => {
    await liveThroughOctober();
    story.clock.set("2026-11-03T00:00:00Z");
    await sql("INSERT INTO dirty_hour (event_type_id, hour) SELECT id, '2026-10-05T12:00Z' FROM event_type");
    await rollUpAll(story);
    expect(await month()).toMatchObject([{ frozen_at: null }]);
    await story.judge();
    await rollUpAll(story);
    expect(await month()).toMatchObject([{ frozen_at: new Date("2026-11-03T00:00:00Z") }]);
  });

  test("verdicts that retention dropped take nothing back", async () => {
    await liveThroughOctober();
    const before = await days();
    await sql("DELETE FROM verdict");
    await sql("INSERT INTO slo_dirty_day (event_type_id, day, cause) SELECT event_type_id, day, 'time' FROM slo_day");
    await rollUpAll(story);
    expect(await days()).toEqual(before);
  });

  test("hours that the catalogue took away are taken back", async () => {
    await liveThroughOctober();
    await story.api.call("PUT", "/api/v1/event-types/EndSong", {
      body: { owner: "tests", tier: "high", deadline: "60m", activeFrom: "2026-10-05T10", activeTo: "2026-10-05T11" },
    });
    await story.judge();
    await rollUpAll(story);
    expect(await month()).toMatchObject([{ due_hours: 1, met_hours: 1 }]);
  });

  async function lateMarker(dc: string, hour: string, time: string): Promise<void> {
    const data = { dc, marks: [{ eventType: "EndSong", hour }] };
    const id = `late-${dc}-${Math.random()}`;
    const event = { specversion: "1.0", type: "tidemark.hour-closed.v1", source: "story", id, time, data };
    const headers = { "content-type": "application/cloudevents+json" };
    const answer = await story.api.call("POST", "/api/v1/events", { headers, body: JSON.stringify(event) });
    expect(answer.status).toBe(202);
  }
});

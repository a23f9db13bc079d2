import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { judgeHours } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";
import { createCurrentHours } from "./create-current-hours.ts";

const manyTypes = Array.from({ length: 120 }, (_, index) => `Type${index}`);

describe("hours that ended go first", () => {
  let story: HourStory;

  beforeEach(async () => {
    const eventTypes = ["EndSong", ...manyTypes];
    story = await HourStory.begin({ now: "2026-11-22T14:30:00Z", activeFrom: "2026-11-22T13:00:00Z", eventTypes });
    // The running hour's counts come first, of every type; the ended hour's last.
    const reports = [...manyTypes, "EndSong"].map((eventType) => ({ eventType, hour: "2026-11-22T14", events: 5 }));
    await story.say("tidemark.counters.v1", { dc: "east", stage: "delivered", reporter: "r", reports });
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", events: 7 });
  });
  afterEach(() => story.end());

  const judge = (only: "ended" | "running" | "past") =>
    judgeHours({ ctx: workerContext(story.test.database, story.clock), input: { limit: 1_000, only } });
  const delivered = async (hour: string) => (await story.get(`/event-types/EndSong/hours/${hour}`)).body.delivered;
  const waiting = async () => {
    const { rows } = await story.test.database.sql.query<{ n: number }>("SELECT count(*)::int AS n FROM dirty_hour");
    return rows[0]?.n ?? 0;
  };

  test("the ended hour is judged alone, before all that waited longer, and the type's running hour keeps its mark", async () => {
    expect(await judge("ended")).toBe(1);
    expect(await delivered("2026-11-22T13")).toBe(7);
    expect(await waiting()).toBe(manyTypes.length + 1);
    expect(await judge("ended")).toBe(0);
  });

  test("running hours are judged a few types at a time, and the ended one is left", async () => {
    const portions: number[] = [];
    for (let judged = await judge("running"); judged > 0; judged = await judge("running")) portions.push(judged);
    expect(portions).toEqual([50, 50, 21]);
    expect(await waiting()).toBe(1);
    expect(await delivered("2026-11-22T14")).toBe(5);
  });

  test("what corrections and the catalogue ask for again comes last: the ended hour's facts first, with the correction's mark of it", async () => {
    const sql = (statement: string) => story.test.database.sql.query(statement);
    const typeIds = "(SELECT id FROM event_type WHERE name = 'EndSong')";
    await sql("TRUNCATE dirty_hour");
    story.clock.set("2026-11-22T20:30:00Z");
    await story.judge();
    await sql(`INSERT INTO dirty_hour (event_type_id, hour, correction_id)
               SELECT ${typeIds}, h, 7 FROM generate_series('2026-11-22T13:00Z'::timestamptz, '2026-11-22T18:00Z', '1 hour') h`);
    await sql(
      `UPDATE verdict SET next_due_at = '-infinity' WHERE hour = '2026-11-22T14:00Z' AND event_type_id = ${typeIds}`,
    );
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", events: 8 });
    expect(await judge("ended")).toBe(2);
    expect(await delivered("2026-11-22T13")).toBe(8);
    expect(await waiting()).toBe(5);
    expect(await judge("ended")).toBe(0);
    expect(await judge("running")).toBe(0);
    expect(await judge("past")).toBe(6);
    expect(await waiting()).toBe(0);
  });

  test("an hour that began is judged before a past that the catalogue asks for, however much of it there is", async () => {
    await story.test.database.sql.query("TRUNCATE dirty_hour");
    story.clock.set("2026-11-22T20:30:00Z");
    await story.judge();
    await story.test.database.sql.query(
      "UPDATE verdict SET next_due_at = '-infinity' WHERE hour < '2026-11-22T18:00Z'",
    );
    story.clock.set("2026-11-22T21:00:01Z");
    await createCurrentHours({ ctx: workerContext(story.test.database, story.clock) });
    // The hours that began, and those that time takes from open to closing and from closing to late.
    expect(await judge("ended")).toBe(3 * (manyTypes.length + 1));
    const { rows } = await story.test.database.sql.query(
      "SELECT count(*)::int AS created FROM verdict WHERE hour = '2026-11-22T21:00Z' AND revision > 0",
    );
    expect(rows).toEqual([{ created: manyTypes.length + 1 }]);
  });

  test("what was a running hour's mark is an ended one's once the hour is over", async () => {
    story.clock.set("2026-11-22T15:00:00Z");
    expect(await judge("running")).toBe(0);
    await judge("ended");
    expect(await waiting()).toBe(0);
  });
});

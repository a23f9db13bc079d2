import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { judgeHours } from "./judge-hours.ts";

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

  const judge = (only: "ended" | "running") =>
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

  test("what was a running hour's mark is an ended one's once the hour is over", async () => {
    story.clock.set("2026-11-22T15:00:00Z");
    expect(await judge("running")).toBe(0);
    await judge("ended");
    expect(await waiting()).toBe(0);
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { HourStory } from "#test/hour-story.ts";

let story: HourStory;
beforeAll(async () => {
  story = await HourStory.begin({
    now: "2026-11-22T09:00:00Z",
    activeFrom: "2026-11-22T09:00:00Z",
    deadlineSeconds: 7200,
  });
});
afterAll(() => story.end());

const firing = async (): Promise<string[]> =>
  (await story.get("/alerts?state=firing")).body.items.map(({ rule }: { rule: string }) => rule);

it("skew of an hour that is complete is noticed when its counts are final, not when the next hour is judged", async () => {
  await story.at("2026-11-22T10:01:00Z");
  for (const dc of ["east", "west"]) {
    await story.count({ dc, stage: "produced", hour: "2026-11-22T09", events: 1000 });
    await story.count({ dc, stage: "delivered", hour: "2026-11-22T09", events: 900 });
    await story.count({
      dc,
      stage: "delivered",
      hour: "2026-11-22T09",
      landedHour: "2026-11-22T10",
      events: 100,
    });
    await story.watermark(dc, "2026-11-22T10:00:00Z");
  }
  await story.judge();
  expect((await story.get("/event-types/EndSong/hours/2026-11-22T09")).body).toMatchObject({
    state: "complete",
    skewed: 200,
  });
  await story.at("2026-11-22T10:15:59Z");
  expect(await firing()).toEqual([]);
  await story.at("2026-11-22T10:16:00Z");
  expect(new Set(await firing())).toEqual(new Set(["events-skewed-high"]));
});

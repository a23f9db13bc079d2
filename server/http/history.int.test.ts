import { afterAll, beforeAll, expect, it } from "vitest";
import { historySchema } from "#domain/api/history.ts";
import { HourStory } from "#test/hour-story.ts";

let story: HourStory;
beforeAll(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:10:00Z", activeFrom: "2026-11-22T11:00:00Z" });
});
afterAll(() => story.end());

it("columns from the start of a day: what is closed, what is not, and hours before the type's first", async () => {
  const hour = "2026-11-22T11";
  for (const dc of ["east", "west"]) {
    await story.count({ dc, stage: "produced", hour, events: 50 });
    await story.count({ dc, stage: "delivered", hour, events: dc === "east" ? 48 : 50 });
    await story.watermark(dc, "2026-11-22T12:00:00Z");
  }
  await story.judge();
  const { status, body } = await story.get(`/event-types/EndSong/history?days=1`);
  expect(status).toBe(200);
  const history = historySchema.parse(body);
  expect(history.from).toBe("2026-11-21T00");
  expect(history.closingDelaySeconds).toHaveLength(38);
  const of = (column: readonly (number | null)[]) => column.slice(34);
  expect(of(history.closingDelaySeconds)).toEqual([null, 4_200, null, null]);
  expect(of(history.produced)).toEqual([null, 100, 0, 0]);
  expect(of(history.lost)).toEqual([null, 2, 0, 0]);
});

it("a number of days that is none, or too many → 400; an unknown type → 404", async () => {
  expect((await story.get(`/event-types/EndSong/history?days=94`)).status).toBe(400);
  expect((await story.get("/event-types/Unheard/history")).status).toBe(404);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { shareBoard } from "./share-board.ts";

let story: HourStory;

beforeAll(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T09:00:00Z" });
});
afterAll(() => story.end());

const ask = () => shareBoard(workerContext(story.test.database, story.clock));

test("who asks while a board is read gets the next one, all together", async () => {
  const first = ask();
  const others = [ask(), ask(), ask()];
  const boards = await Promise.all([first, ...others]);
  expect(new Set(boards).size).toBe(2);
  expect(boards[1]).toBe(boards[3]);
});

test("what was committed before the question is in the answer, though a reading was under way", async () => {
  const before = ask();
  await story.test.database.sql.query("UPDATE event_type SET owner = 'somebody else'");
  const after = await ask();
  await before;
  expect(after.ranked[0]?.row.owner).toBe("somebody else");
});

test("one that failed is not handed on: the next is read again", async () => {
  const ctx = workerContext(story.test.database, story.clock);
  const now = ctx.clock.now();
  let broken = true;
  const clock = {
    ...ctx.clock,
    speed: 1,
    toRealMs: (ms: number) => ms,
    now: () => {
      if (!broken) return now;
      broken = false;
      throw new Error("no time");
    },
  };
  const [failed, fine] = await Promise.allSettled([shareBoard({ ...ctx, clock }), shareBoard({ ...ctx, clock })]);
  expect(failed.status).toBe("rejected");
  expect(fine.status).toBe("fulfilled");
  expect(await ask()).toMatchObject({ shared: { counts: { late: 1 } } });
});

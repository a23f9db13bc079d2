import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "#server/process/log.ts";
import { HourStory } from "#test/hour-story.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { maintain } from "./loop.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-10-01T14:00:00Z", activeFrom: "2026-10-01T12:00:00Z" });
});
afterEach(() => story.end());

const day = 86_400;

test("a turn makes partitions, packs what is long final, drops what is no longer kept, and says that it is done", async () => {
  await story.settle("2026-10-01T12");
  await story.at("2026-11-22T13:00:00Z");
  expect(await takeTurn({ factsSeconds: null, verdictsSeconds: null })).toContain("maintain");
  expect(await countRows("report_packed")).toBe(2);
  expect(await countRows("report")).toBe(0);
  const { rows } = await story.test.database.sql.query("SELECT to_regclass('partitions.report_2027_01') AS name");
  expect(rows[0]?.name).not.toBeNull();
  expect(await takeTurn({ factsSeconds: 7 * day, verdictsSeconds: 7 * day })).toContain("maintain");
  expect(await countRows("report_packed")).toBe(0);
});

test("a clock that is wrong drops nothing, however old it takes it to be", async () => {
  await story.settle("2026-10-01T12");
  await story.at("2027-11-22T13:00:00Z");
  const before = await countRows("report");
  const completed = await takeTurn({ factsSeconds: 7 * day, verdictsSeconds: 7 * day }, { agrees: false });
  expect(completed).toEqual([]);
  expect(before).toBeGreaterThan(0);
  expect(await countRows("report")).toBe(before);
});

async function takeTurn(
  keep: { factsSeconds: number | null; verdictsSeconds: number | null },
  { agrees }: { agrees: boolean } = { agrees: true },
): Promise<string[]> {
  const stopping = new AbortController();
  const completed: string[] = [];
  const failures: unknown[] = [];
  const log = createLog({ name: "maintain", level: "error", format: "json" });
  await maintain({
    ctx: workerContext(story.test.database, story.clock),
    instance: "test",
    log: { ...log, info: () => undefined, error: (fields: unknown) => failures.push(fields) } as unknown as typeof log,
    turns: { ...unwatched.turns, completed: (name) => completed.push(name) },
    clockCheck: { agrees: () => Promise.resolve(agrees) },
    signal: stopping.signal,
    keep: {
      ...keep,
      rejectedSeconds: 30 * day,
      rejectedBytes: 1_000_000,
      alertsSeconds: 90 * day,
      packAfterSeconds: 14 * day,
    },
    wait: async () => stopping.abort(),
  });
  expect(failures).toEqual([]);
  return completed;
}

async function countRows(table: string): Promise<number | undefined> {
  const { rows } = await story.test.database.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { StoryChecker } from "./check-moment.ts";
import type { Contradiction } from "./contradiction.ts";
import { type LivedDay, liveDay } from "./live-day.ts";
import type { Moment } from "./moment.ts";
import { mutants } from "./mutants.ts";
import { shortDay } from "./short-day.ts";

let scratch: TestDatabase;
let day: LivedDay;
const found: Contradiction[] = [];
/** By mutant: the kinds as which the first moment that could be falsified was found. */
const planted = new Map<string, Set<string>>();

beforeAll(async () => {
  scratch = await createTestDatabase();
  let before: Moment | null = null;
  day = await liveDay(scratch.database, shortDay(), (moment, contradictions, truth) => {
    found.push(...contradictions);
    for (const mutant of mutants) {
      if (planted.has(mutant.name)) continue;
      const copy = structuredClone(moment);
      if (!mutant.plant(copy)) continue;
      const checker = new StoryChecker(truth);
      if (before) checker.check(before);
      const kinds = checker.check(copy).map(({ kind }) => kind);
      planted.set(mutant.name, new Set(kinds));
    }
    before = moment;
  });
  // More than an hour in minutes: a loaded machine takes some seconds for each.
}, 900_000);
afterAll(() => scratch.drop());

test("nothing that is said in a lived day contradicts what happened", () => {
  expect(found).toEqual([]);
  expect(day.incidents).toBeGreaterThanOrEqual(2);
});

test.each(mutants)("a false statement is found: $name", ({ name, kind }) => {
  expect([...(planted.get(name) ?? [])]).toContain(kind);
});

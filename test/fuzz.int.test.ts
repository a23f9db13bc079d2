import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { runFuzz } from "./fuzz/run-fuzz.ts";

// A short run of what `npm run fuzz` does by the million.
let scratch: TestDatabase;
beforeEach(async () => {
  scratch = await createTestDatabase();
});
afterEach(() => scratch.drop());

test("hostile input fails nothing, and no verdict says more than the accepted messages do", {
  timeout: 300_000,
}, async () => {
  const { findings, inputs, taken, corrected, hours, states } = await runFuzz({
    database: scratch.database,
    seed: 5,
    inputs: 4_000,
    roundInputs: 2_000,
  });
  expect(findings).toEqual([]);
  // Neither all decent nor all refused, and there was something to compare.
  expect([inputs >= 4_000, taken > 300, taken < inputs, corrected > 10, hours > 300]).toEqual(Array(5).fill(true));
  expect(states.get("complete") ?? 0).toBeGreaterThan(0);
});

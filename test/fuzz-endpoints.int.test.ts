import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { fuzzEndpoints } from "./fuzz/fuzz-endpoints.ts";

// A short run of what `npm run fuzz -- --endpoints` does.
let scratch: TestDatabase;
beforeEach(async () => {
  scratch = await createTestDatabase();
});
afterEach(() => scratch.drop());

test("requests made from the API's own schemas, right and wrong, fail nothing and learn nothing", {
  timeout: 300_000,
}, async () => {
  const report = await fuzzEndpoints({ database: scratch.database, seed: 3, requestsEach: 8 });
  expect(report.findings).toEqual([]);
  expect(report.requests).toBe(report.operations.length * 8);
  // Most operations were reached behind their checks, and both kinds of answers were seen.
  expect(report.done.size).toBeGreaterThan(report.operations.length * 0.4);
  expect(report.statuses.get(400) ?? 0).toBeGreaterThan(report.operations.length);
});

test("an operation that fails is found", { timeout: 300_000 }, async () => {
  await scratch.database.sql.query("DROP TABLE volume_exclusion CASCADE");
  const { findings } = await fuzzEndpoints({ database: scratch.database, seed: 3, requestsEach: 2 });
  expect(findings).toContainEqual(expect.stringMatching(/^500 .*volume_exclusion.*asked: GET \/api\/v1\/volume-ex/s));
});

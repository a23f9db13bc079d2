import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { instantsLiteral, numbersLiteral } from "./array-literal.ts";

let scratch: TestDatabase;
beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());

test("numbers, nulls and instants arrive as they were", async () => {
  const instants = ["1970-01-01T00:00:00.000Z", "2026-11-22T13:04:05.678Z", "9999-12-31T23:59:59.999Z"];
  const { rows } = await scratch.database.sql.query(
    "SELECT $1::bigint[]::text[] AS numbers, $2::timestamptz[] AS instants",
    [
      numbersLiteral([0, null, 2 ** 53 - 1, -1, 9_223_372_036_854_775_807n]),
      instantsLiteral(instants.map((instant) => new Date(instant))),
    ],
  );
  expect(rows[0]?.numbers).toEqual(["0", null, "9007199254740991", "-1", "9223372036854775807"]);
  expect(rows[0]?.instants.map((instant: Date) => instant.toISOString())).toEqual(instants);
});

test("no rows are an empty array", async () => {
  const { rows } = await scratch.database.sql.query("SELECT cardinality($1::int[]) AS count", [numbersLiteral([])]);
  expect(rows).toEqual([{ count: 0 }]);
});

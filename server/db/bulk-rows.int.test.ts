import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { bulkRows } from "./bulk-rows.ts";

let scratch: TestDatabase;
beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());

const everyType = bulkRows({
  anInt: "int?",
  stage: "smallint?",
  count: "bigint?",
  sum: "numeric?",
  share: "float8?",
  known: "bool?",
  from: "timestamptz?",
  name: "text?",
  labels: "jsonb?",
});

const nulls = {
  anInt: null,
  stage: null,
  count: null,
  sum: null,
  share: null,
  known: null,
  from: null,
  name: null,
};

test("values of every type and nulls arrive as they were, in order, under their members' names", async () => {
  const rows = [
    {
      anInt: 2 ** 31 - 1,
      stage: 3,
      count: 9_223_372_036_854_775_807n,
      sum: 10n ** 30n,
      share: 0.1,
      known: true,
      from: new Date("9999-12-31T23:59:59.999Z"),
      name: 'quote " brace { comma , backslash \\ NULL',
      labels: { "a,b": ['"', null] },
    },
    { ...nulls, labels: null },
    { ...nulls, count: 2 ** 53 - 1, share: Number.NaN, known: false, from: new Date(0), name: "NULL", labels: [] },
  ];
  const { rows: found } = await scratch.database.sql.query(
    `SELECT $1::text AS first, an_int AS "anInt", stage, count, sum, share, known, "from", name, labels FROM ${everyType.from("r", 2)}`,
    ["first", ...everyType.values(rows)],
  );
  expect(found).toEqual(
    rows.map((row) => ({
      first: "first",
      ...row,
      count: row.count === null ? null : BigInt(row.count),
      sum: row.sum === null ? null : String(row.sum),
    })),
  );
});

test("no rows are empty arrays", async () => {
  const { rowCount } = await scratch.database.sql.query(`SELECT FROM ${everyType.from("r")}`, everyType.values([]));
  expect(rowCount).toBe(0);
});

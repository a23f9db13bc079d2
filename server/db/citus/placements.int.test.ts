import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { placeTables } from "./place-tables.ts";
import { distributedTables, distributionColumn, placements } from "./placements.ts";

let scratch: TestDatabase;
beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());

const read = async (statement: string, values: unknown[] = []) =>
  (await scratch.database.sql.query<{ name: string }>(statement, values)).rows.map(({ name }) => name);

test("every table of the schema has a placement, and no other", async () => {
  const tables = await read(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
  );
  expect([...placements.keys()].sort()).toEqual(tables.sort());
});

test("what is distributed has the event type in its key, and no foreign key to or from it", async () => {
  const keyed = await read(
    `SELECT c.relname AS name FROM pg_class c
       JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) AND a.attname = $2
      WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1)`,
    [distributedTables, distributionColumn],
  );
  expect(keyed.sort()).toEqual([...distributedTables].sort());
  const bound = await read(
    `SELECT conname AS name FROM pg_constraint
      WHERE contype = 'f' AND (conrelid = ANY ($1::regclass[]) OR confrelid = ANY ($1::regclass[]))`,
    [distributedTables],
  );
  expect(bound).toEqual([]);
});

test("a PostgreSQL without Citus is refused when the setting asks for it, and accepted when it does not", async () => {
  await expect(placeTables(scratch.url, "citus")).rejects.toThrow("has no Citus. Run CREATE EXTENSION citus");
  expect(await placeTables(scratch.url, null)).toEqual([]);
});

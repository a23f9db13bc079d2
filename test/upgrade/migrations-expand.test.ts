import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import previousRelease from "../../prisma/previous-release.json" with { type: "json" };
import { findDestructive } from "./find-destructive.ts";

const folder = join(import.meta.dirname, "../../prisma/migrations");

test("migrations since the previous release only add, unless their folder is a contract (docs/machines.md)", () => {
  const names = readdirSync(folder).filter((name) => !name.endsWith(".toml"));
  expect(names).toContain(previousRelease.lastMigration);
  const since = names.filter((name) => name > previousRelease.lastMigration && !name.includes("contract"));
  expect(since.length).toBeGreaterThan(0);
  const found = since.map((name) => [name, findDestructive(readFileSync(join(folder, name, "migration.sql"), "utf8"))]);
  expect(Object.fromEntries(found.filter(([, what]) => (what?.length ?? 0) > 0))).toEqual({});
});

test.each([
  ["ALTER TABLE delivery DROP COLUMN attempts;", ["DROP"]],
  ["ALTER TABLE delivery DROP attempts", ["DROP"]],
  ["DROP TABLE delivery", ["DROP"]],
  ["ALTER TABLE delivery RENAME COLUMN a TO b", ["RENAME"]],
  ["ALTER TABLE delivery ALTER COLUMN attempts TYPE bigint", ["a change of type"]],
  ['ALTER TABLE "delivery" ALTER "attempts" SET DATA TYPE bigint', ["a change of type"]],
  ["ALTER TABLE t ALTER COLUMN a SET NOT NULL", ["SET NOT NULL of a without a default"]],
  ["ALTER TABLE t ADD COLUMN a int, ADD b text NOT NULL", ["ADD COLUMN b NOT NULL without a default"]],
  ["TRUNCATE lane_sample", ["TRUNCATE"]],
])("%s is not for a rolling upgrade", (sql, what) => {
  expect(findDestructive(sql)).toEqual(what);
});

test.each([
  "-- DROP TABLE delivery\nCREATE TABLE a (b int NOT NULL);",
  "ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a IN ('DROP TABLE', 'y'))",
  "ALTER TABLE t ALTER COLUMN a SET DEFAULT 0, ALTER COLUMN a SET NOT NULL",
  "ALTER TABLE t ADD COLUMN a int NOT NULL DEFAULT 0; ALTER TABLE t ALTER b DROP NOT NULL; DROP INDEX i",
])("%s is", (sql) => {
  expect(findDestructive(sql)).toEqual([]);
});

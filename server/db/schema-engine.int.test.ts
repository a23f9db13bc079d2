import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { findSchemaDrift, migrateDatabase } from "./schema-engine.ts";

let name: string;
let url: string;

beforeEach(async () => {
  name = `migrate_${randomBytes(6).toString("hex")}`;
  url = `${inject("postgresUrl")}/${name}`;
  await run(`${inject("postgresUrl")}/postgres`, `CREATE DATABASE ${name}`);
});

afterEach(async () => {
  await run(`${inject("postgresUrl")}/postgres`, `DROP DATABASE ${name} WITH (FORCE)`);
});

describe("migrateDatabase", () => {
  test("fills an empty database, and a second run applies nothing", async () => {
    const applied = await migrateDatabase(url);
    expect(applied[0]).toBe("20261122000000_foundation");
    expect(await migrateDatabase(url)).toEqual([]);
    expect(await run(url, "SELECT count(*)::int AS tiers FROM tier")).toEqual([{ tiers: 3 }]);
  });

  test("two replicas that start together migrate once", async () => {
    const applied = await Promise.all([migrateDatabase(url), migrateDatabase(url)]);
    expect(applied.map((names) => names.length > 0).sort()).toEqual([false, true]);
  });

  test("a migration that fails leaves nothing behind, is named, and is tried again once it is right", async () => {
    const folder = await copyMigrations();
    const table = "CREATE TABLE half_done (id integer);";
    await addMigration(folder, `${table}\nSELECT 1 / 0;`);
    await expect(migrateDatabase(url, folder)).rejects.toThrow(
      "Migration 20990101000000_planted failed and was rolled back: division by zero",
    );
    expect(await run(url, "SELECT to_regclass('half_done') AS found")).toEqual([{ found: null }]);

    await addMigration(folder, `${table}\nDO $$ BEGIN PERFORM 1; PERFORM 2; END $$;`);
    expect(await migrateDatabase(url, folder)).toEqual(["20990101000000_planted"]);
    expect(await run(url, "SELECT to_regclass('half_done')::text AS found")).toEqual([{ found: "half_done" }]);
    await rm(folder, { recursive: true });
  });

  test("a migration that was killed half-way, and so rolled back, is tried again", async () => {
    const folder = await copyMigrations();
    await migrateDatabase(url, folder);
    await addMigration(folder, "CREATE TABLE planted (id integer);");
    await run(
      url,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
       VALUES ('killed', 'x', '20990101000000_planted', now(), 0)`,
    );
    expect(await migrateDatabase(url, folder)).toEqual(["20990101000000_planted"]);
    expect(await run(url, "SELECT to_regclass('planted')::text AS found")).toEqual([{ found: "planted" }]);
    await rm(folder, { recursive: true });
  });
});

describe("findSchemaDrift", () => {
  test("schema.prisma and the migrated database say the same", async () => {
    await migrateDatabase(url);
    expect(await findSchemaDrift(url)).toBe("");
  });

  test.each([
    ["a column too many", "ALTER TABLE tier ADD COLUMN planted integer", 'DROP COLUMN "planted"'],
    ["another type", "ALTER TABLE watermark ALTER COLUMN observed_at TYPE timestamptz(6)", "TIMESTAMPTZ(3)"],
    ["a lost default", "ALTER TABLE verdict ALTER COLUMN settled DROP DEFAULT", "SET DEFAULT false"],
    ["nullable", "ALTER TABLE lease ALTER COLUMN holder DROP NOT NULL", 'ALTER COLUMN "holder" SET NOT NULL'],
    ["a lost index", "DROP INDEX verdict_next_due_at_idx", 'CREATE INDEX "verdict_next_due_at_idx"'],
    ["a table too many", "CREATE TABLE planted (id integer PRIMARY KEY)", 'DROP TABLE "planted"'],
  ])("finds %s", async (_what, planted, expected) => {
    await migrateDatabase(url);
    await run(url, planted);
    expect(await findSchemaDrift(url)).toContain(expected);
  });
});

async function copyMigrations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-migrations-"));
  await cp(join(import.meta.dirname, "../../prisma/migrations"), folder, { recursive: true });
  return folder;
}

async function addMigration(folder: string, sql: string): Promise<void> {
  await mkdir(join(folder, "20990101000000_planted"), { recursive: true });
  await writeFile(join(folder, "20990101000000_planted/migration.sql"), sql);
}

async function run(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

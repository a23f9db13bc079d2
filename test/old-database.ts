import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { migrateDatabase } from "#server/db/schema-engine.ts";

const allMigrations = join(import.meta.dirname, "../prisma/migrations");

/** A database as before one migration, to be filled, migrated and inspected. */
export interface OldDatabase {
  url: string;
  /** For several statements at once returns the last one's rows. */
  run(statements: string): Promise<unknown[]>;
  migrate(): Promise<unknown>;
  drop(): Promise<void>;
}

/** With the partitions of one month, `2026_11` for example, of the given tables. */
export async function createOldDatabase(
  migration: string,
  { month, tables }: { month: string; tables: readonly string[] },
): Promise<OldDatabase> {
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  const server = `${inject("postgresUrl")}/postgres`;
  const url = `${inject("postgresUrl")}/${name}`;
  await run(server, `CREATE DATABASE ${name}`);
  await migrateBefore(url, migration);
  const [year = 0, number = 0] = month.split("_").map(Number);
  const [from, to] = [number - 1, number].map((index) => new Date(Date.UTC(year, index)).toISOString());
  for (const table of tables) {
    await run(url, `CREATE TABLE partitions.${table}_${month} (LIKE public.${table} INCLUDING ALL)`);
    await run(
      url,
      `ALTER TABLE public.${table} ATTACH PARTITION partitions.${table}_${month} FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  }
  return {
    url,
    run: (statements) => run(url, statements),
    migrate: () => migrateDatabase(url),
    drop: async () => void (await run(server, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function migrateBefore(url: string, migration: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-migrations-"));
  for (const entry of await readdir(allMigrations)) {
    if (entry < migration || entry.endsWith(".toml")) {
      await cp(join(allMigrations, entry), join(folder, entry), { recursive: true });
    }
  }
  await migrateDatabase(url, folder);
  await rm(folder, { recursive: true });
}

async function run(connectionString: string, statements: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const result: unknown = await client.query(statements);
    return (Array.isArray(result) ? result.at(-1) : (result as pg.QueryResult)).rows;
  } finally {
    await client.end();
  }
}

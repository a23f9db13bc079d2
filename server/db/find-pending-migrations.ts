import { readdir } from "node:fs/promises";
import type { Sql } from "./database.ts";

/** This version's migrations not yet applied to the database, by name; all if it was never migrated. */
export async function findPendingMigrations(sql: Pick<Sql, "query">, migrationsFolder: string): Promise<string[]> {
  const names = (await readdir(migrationsFolder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const { rows } = await sql.query<{ migrated: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS migrated",
  );
  if (!rows[0]?.migrated) return names;
  const applied = await sql.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const done = new Set(applied.rows.map((row) => row.name));
  return names.filter((name) => !done.has(name));
}

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { installPostgres } from "../scripts/install-postgres.ts";

/** The folder with pg_dump, pg_restore and psql of the PostgreSQL that is tested with; null: it came without them. */
export function findClientPrograms(): string | null {
  const postgres = installPostgres();
  if (postgres === null) return null;
  const folder = dirname(postgres.postgres);
  return ["pg_dump", "pg_restore", "psql"].every((name) => existsSync(join(folder, name))) ? folder : null;
}

export const needsClientPrograms = { meta: { needs: "postgresql-client-15" } };

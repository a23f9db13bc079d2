import type { Session } from "#server/db/session.ts";
import type { Contents } from "./manifest.ts";
import { notOfAnExtension } from "./not-of-an-extension.ts";

/** The tables of the schema `public`, partitions left out. */
export async function listTables(session: Session): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${notOfAnExtension("pg_class", "c")}
      ORDER BY c.relname COLLATE "C"`,
  );
  return rows.map(({ name }) => name);
}

/** Counted and added up as the session's transaction sees it. */
export async function readContents(session: Session): Promise<Contents> {
  const rows: Record<string, number> = {};
  for (const table of await listTables(session)) {
    const counted = await session.query<{ rows: string }>(
      `SELECT count(*)::text AS rows FROM public.${session.escapeIdentifier(table)}`,
    );
    rows[table] = Number(counted.rows[0]?.rows);
  }
  return { migrations: await listMigrations(session), rows, verdicts: await sumVerdicts(session) };
}

/** Those applied; none if the database was never migrated. */
async function listMigrations(session: Session): Promise<string[]> {
  const { rows: tables } = await session.query<{ migrated: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS migrated",
  );
  if (!tables[0]?.migrated) return [];
  const { rows } = await session.query<{ name: string }>(
    `SELECT migration_name AS name FROM public._prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows.map(({ name }) => name);
}

/** Each verdict's text as a 64-bit number, added up: the sum is the same in any order, and needs no memory. */
async function sumVerdicts(session: Session): Promise<Contents["verdicts"]> {
  const { rows } = await session.query<{ month: string; rows: number; checksum: string }>(
    `SELECT to_char(v.hour AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*)::float8 AS rows,
            sum(('x' || left(md5(v::text), 16))::bit(64)::bigint::numeric)::text AS checksum
       FROM public.verdict v GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}

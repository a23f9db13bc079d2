import { placements } from "#server/db/citus/placements.ts";
import type { Session } from "#server/db/session.ts";
import { notOfAnExtension } from "./not-of-an-extension.ts";

interface HoldingQuestion {
  replace: boolean;
  /** Tables of the backup, which this version may no longer have. */
  tables: readonly string[];
}

/** Why nothing may be loaded into the database, in one sentence; null: it may. */
export async function describeHolding(session: Session, { replace, tables }: HoldingQuestion): Promise<string | null> {
  const { rows: users } = await session.query<{ name: string; sessions: number }>(
    `SELECT application_name AS name, count(*)::int AS sessions FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'tidemark%'
      GROUP BY 1 ORDER BY 1`,
  );
  if (users.length > 0) {
    const names = users.map(({ name }) => name).join(", ");
    return `Tidemark uses this database (${names}). Stop all of its processes, and restore again. Nothing was changed.`;
  }
  const { rows } = await session.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'f') AND ${notOfAnExtension("pg_class", "c")}
      ORDER BY 1`,
  );
  const known = new Set([...placements.keys(), ...tables]);
  const foreign = rows.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (foreign.length > 0) {
    const names = foreign.length > 3 ? `${foreign.slice(0, 3).join(", ")}, …` : foreign.join(", ");
    return `The database holds tables that are not Tidemark's (${names}). Create an empty database and name it in DATABASE_URL. Nothing was changed.`;
  }
  if (rows.length === 0 || replace) return null;
  return "The database is not empty: it holds a Tidemark. Create an empty database and name it in DATABASE_URL, or delete everything in this one with --replace. Nothing was changed.";
}

/** Drops what the schemas hold and no extension owns. The schema `public` may belong to someone else, and stays. */
export const clearSchema = `DROP SCHEMA IF EXISTS partitions CASCADE;
DO $$
DECLARE statement text;
BEGIN
  FOR statement IN
    SELECT format('DROP %s IF EXISTS public.%I CASCADE',
                  CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname)
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${notOfAnExtension("pg_class", "c")}
     -- a sequence goes with the table that owns it
     ORDER BY c.relkind = 'S', c.relname
  LOOP
    EXECUTE statement;
  END LOOP;
  FOR statement IN
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND ${notOfAnExtension("pg_proc", "p")}
  LOOP
    EXECUTE statement;
  END LOOP;
  FOR statement IN
    SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', t.typname)
      FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd') AND ${notOfAnExtension("pg_type", "t")}
  LOOP
    EXECUTE statement;
  END LOOP;
END
$$;`;

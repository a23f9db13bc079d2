import type { Sql } from "../database.ts";

/** The tables of the schema that Citus distributes, partitions left out; none without Citus. */
export async function findDistributed(sql: Sql): Promise<Set<string>> {
  const { rows } = await sql.query<{ cataloged: boolean }>(
    "SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL AS cataloged",
  );
  if (!rows[0]?.cataloged) return new Set();
  const distributed = await sql.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
      WHERE c.relnamespace = 'public'::regnamespace AND d.partmethod = 'h'`,
  );
  return new Set(distributed.rows.map(({ name }) => name));
}

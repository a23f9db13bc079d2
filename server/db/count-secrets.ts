import type { Database, Sql } from "./database.ts";
import { sealedTables } from "./sealed-columns.ts";

export interface SecretCount {
  readonly table: string;
  /** Of the key that seals them; null: they are plain text. */
  readonly keyId: string | null;
  readonly values: number;
}

const columns = sealedTables.flatMap(({ table, key, columns: names, newestBy = "created_at" }) =>
  names.map((column) => ({ table, key, column, newestBy })),
);

/** How many stored secrets each key seals, by table. */
export async function countSecrets(sql: Sql): Promise<SecretCount[]> {
  const each = columns.map(
    ({ table, column }) =>
      `SELECT '${table}' AS "table", ${column} AS stored FROM ${table} WHERE ${column} IS NOT NULL`,
  );
  return sql.rows<SecretCount>(
    `SELECT "table", substring(stored FROM '^sealed1[.]([0-9a-f]{8})[.]') AS "keyId", count(*)::int AS values
       FROM (${each.join(" UNION ALL ")}) secret
      GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}

export interface LostSecret {
  readonly table: string;
  readonly row: string;
  /** Why it cannot be read, and what to do. */
  readonly reason: string;
}

/** Stored secrets that no key of this process opens; at most `most` of each column are looked at, the newest rows' first. */
export async function findLostSecrets({ sql, secrets }: Database, most = 10_000): Promise<LostSecret[]> {
  const lost: LostSecret[] = [];
  for (const { table, key, column, newestBy } of columns) {
    const { rows } = await sql.query<{ row: string; stored: string }>(
      `SELECT ${key} AS "row", ${column} AS stored FROM ${table} WHERE ${column} LIKE 'sealed1.%' ORDER BY ${newestBy} DESC LIMIT $1`,
      [most],
    );
    for (const { row, stored } of rows) {
      const reason = secrets.whyNot({ table, row }, stored);
      if (reason !== null && !lost.some((known) => known.table === table && known.row === row)) {
        lost.push({ table, row, reason });
      }
    }
  }
  return lost;
}

import type { Database, Sql } from "./database.ts";

/** Partitioned by month of `hour`. Facts and verdicts are kept for different times. */
export const factTables = ["report", "report_packed", "produced_hour", "hour_marker"] as const;
export const verdictTables = ["verdict", "verdict_revision"] as const;
const tables = [...factTables, ...verdictTables];

const known = new WeakMap<Database, Set<string>>();
const partitionsKey = 7_434_802;

/** Makes the partitions that the hours need, in transactions of their own. Costs nothing when they are known to exist. */
export async function ensurePartitions(database: Database, hours: Iterable<Date>): Promise<void> {
  const seen = known.get(database) ?? new Set<string>();
  known.set(database, seen);
  const missing = new Map<string, Date>();
  for (const hour of hours) {
    const month = monthOf(hour);
    const name = monthName(month);
    if (!seen.has(name)) missing.set(name, month);
  }
  if (missing.size === 0) return;
  for (const [name, month] of [...missing].sort(([, a], [, b]) => a.getTime() - b.getTime())) {
    // A month a transaction: a sender of fifty years at once must not need more locks than PostgreSQL has.
    await database.transaction(async (tx) => {
      // Two processes that need the same month wait here instead of failing on each other.
      await tx.query("SELECT pg_advisory_xact_lock($1)", [partitionsKey]);
      await createMonth(tx, month);
    });
    seen.add(name);
  }
}

/** Drops the partitions of months that ended before the cut; returns their names. */
export async function dropPartitionsBefore(
  database: Database,
  parents: readonly string[],
  cut: Date,
): Promise<string[]> {
  const { rows } = await database.sql.query<{ name: string }>(
    `SELECT child.relname AS name
       FROM pg_inherits i
       JOIN pg_class parent ON parent.oid = i.inhparent
       JOIN pg_class child ON child.oid = i.inhrelid
      WHERE parent.relname = ANY ($1) AND child.relnamespace = 'partitions'::regnamespace
        -- added to a date and then read as UTC: a month after an instant depends on the session's time zone
        AND (to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= $2`,
    [parents, cut],
  );
  for (const { name } of rows) await database.sql.query(`DROP TABLE partitions."${name}"`);
  if (rows.length > 0) known.delete(database);
  return rows.map((row) => row.name);
}

export function monthOf(hour: Date): Date {
  return new Date(Date.UTC(hour.getUTCFullYear(), hour.getUTCMonth()));
}

function monthName(month: Date): string {
  return month.toISOString().slice(0, 7).replace("-", "_");
}

/** Attached rather than created in place: readers of the other months go on meanwhile. */
async function createMonth(tx: Sql, month: Date): Promise<void> {
  const next = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1));
  for (const table of tables) {
    const partition = `${table}_${monthName(month)}`;
    const { rows } = await tx.query("SELECT to_regclass($1) AS found", [`partitions.${partition}`]);
    if (rows[0]?.found) continue;
    await tx.query(`CREATE TABLE partitions.${partition} (LIKE public.${table} INCLUDING ALL)`);
    await tx.query(
      `ALTER TABLE public.${table} ATTACH PARTITION partitions.${partition}
         FOR VALUES FROM ('${month.toISOString()}') TO ('${next.toISOString()}')`,
    );
  }
}

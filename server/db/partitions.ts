import type { Database, Sql } from "./database.ts";

/** Partitioned by month of `hour`. Facts and verdicts have separate retention. */
export const factTables = ["report", "report_packed", "lane_total", "produced_hour", "hour_marker"] as const;
export const verdictTables = ["verdict", "verdict_lane", "verdict_revision"] as const;
const tables = [...factTables, ...verdictTables];
/** Percent of a page that inserts fill. Counts grow all through their hour: with room for its next version in the page, a row needs no new index entries (HOT). */
const fillFactors: Readonly<Record<string, number>> = { report: 50, lane_total: 70 };

const known = new WeakMap<Database, Set<string>>();
const partitionsKey = 7_434_802;

/** Creates the hours' partitions, in separate transactions. Free if they are known to exist. `now`: the product's, from which they are kept; null: from their hours. */
export async function ensurePartitions(
  database: Database,
  hours: Iterable<Date>,
  now: Date | null = null,
): Promise<void> {
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
    await rememberMonth(database.sql, month, now);
    for (const table of tables) {
      // One transaction each: fifty years at once would need more locks than PostgreSQL has, and on Citus one that holds two tables
      // would meet writers that hold them in another order.
      await database.transaction(async (tx) => {
        // Processes that need the same month wait for this advisory lock instead of failing.
        await tx.query("SELECT pg_advisory_xact_lock($1)", [partitionsKey]);
        await createPartition(tx, table, month);
      });
    }
    seen.add(name);
  }
}

/** After dropping partitions: their months may be needed again. */
export function forgetPartitions(database: Database): void {
  known.delete(database);
}

export function monthOf(hour: Date): Date {
  return new Date(Date.UTC(hour.getUTCFullYear(), hour.getUTCMonth()));
}

function monthName(month: Date): string {
  return month.toISOString().slice(0, 7).replace("-", "_");
}

/** Before its partitions, so that none is taken for old. A month whose facts were dropped begins again; one that is there keeps its time. */
async function rememberMonth(sql: Sql, month: Date, now: Date | null): Promise<void> {
  await sql.query(
    `INSERT INTO partition_month (month, created_at) VALUES ($1::date, coalesce($2::timestamptz, '-infinity'))
     ON CONFLICT (month) DO UPDATE SET created_at = greatest(partition_month.created_at, excluded.created_at)
      -- not by to_regclass: the session would remember that there is none, and miss one that another process makes meanwhile
      WHERE NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'partitions'::regnamespace AND relname = $3)`,
    [month.toISOString().slice(0, 10), now, `report_${monthName(month)}`],
  );
}

/** Created separately and then attached, so that readers of other months are not blocked. */
async function createPartition(tx: Sql, table: string, month: Date): Promise<void> {
  const next = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1));
  const partition = `${table}_${monthName(month)}`;
  const { rows } = await tx.query("SELECT to_regclass($1) AS found", [`partitions.${partition}`]);
  if (rows[0]?.found) return;
  const fillFactor = fillFactors[table] ?? 100;
  await tx.query(
    `CREATE TABLE partitions.${partition} (LIKE public.${table} INCLUDING ALL) WITH (fillfactor = ${fillFactor})`,
  );
  await tx.query(
    `ALTER TABLE public.${table} ATTACH PARTITION partitions.${partition}
       FOR VALUES FROM ('${month.toISOString()}') TO ('${next.toISOString()}')`,
  );
}

import type { Database, Sql } from "./database.ts";

/** Partitioned by month of `hour`. Facts and verdicts are kept for different times. */
export const factTables = ["report", "report_packed", "lane_total", "produced_hour", "hour_marker"] as const;
export const verdictTables = ["verdict", "verdict_lane", "verdict_revision"] as const;
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

/** After partitions were dropped: their months may be asked for again. */
export function forgetPartitions(database: Database): void {
  known.delete(database);
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

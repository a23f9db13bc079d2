import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Sql } from "./database.ts";
import { sqlStateOf } from "./database-errors.ts";
import { forgetPartitions } from "./partitions.ts";

interface OldPartition {
  name: string;
  parent: string;
  /** `detached`: a process ended between the two steps. `detaching`: in the middle of the first. */
  state: "attached" | "detaching" | "detached";
}

const attempts = 3;
const retryMs = 1_000;

/**
 * Drops the partitions of months that ended before the cut; returns their names. Readers and writers of other months go on
 * meanwhile: a partition is detached concurrently, which waits for who uses the table without holding up who comes, and
 * dropped once it stands alone. One that stays in use is left for the next time.
 */
export async function dropPartitionsBefore(
  database: Database,
  parents: readonly string[],
  cut: Date,
): Promise<string[]> {
  const dropped: string[] = [];
  for (const partition of await findOld(database.sql, parents, cut)) {
    if (await dropPatiently(database.sql, partition)) dropped.push(partition.name);
  }
  if (dropped.length > 0) forgetPartitions(database);
  return dropped;
}

async function findOld(sql: Sql, parents: readonly string[], cut: Date): Promise<OldPartition[]> {
  const { rows } = await sql.query<OldPartition>(
    `SELECT child.relname AS name, parent.name AS parent,
            CASE WHEN i.inhrelid IS NULL THEN 'detached' WHEN i.inhdetachpending THEN 'detaching' ELSE 'attached' END AS state
       FROM unnest($1::text[]) parent (name)
       JOIN pg_class child ON child.relnamespace = 'partitions'::regnamespace AND child.relkind = 'r'
                          AND child.relname ~ ('^' || parent.name || '_\\d{4}_\\d{2}$')
       LEFT JOIN pg_inherits i ON i.inhrelid = child.oid
      -- added to a date and then read as UTC: a month after an instant depends on the session's time zone
      WHERE (to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= $2
      ORDER BY child.relname`,
    [parents, cut],
  );
  return rows;
}

/** false: it stayed in use. */
async function dropPatiently(sql: Sql, partition: OldPartition): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await drop(sql, partition);
      return true;
    } catch (error) {
      if (!isInUse(error)) throw error;
      if (attempt === attempts) return false;
      await sleep(retryMs);
    }
  }
}

async function drop(sql: Sql, partition: OldPartition): Promise<void> {
  const table = `partitions."${partition.name}"`;
  // Neither step may run inside a transaction with the other. What was cut short is brought to its end.
  if (partition.state === "attached") {
    partition.state = "detaching";
    try {
      await sql.query(`ALTER TABLE "${partition.parent}" DETACH PARTITION ${table} CONCURRENTLY`);
    } catch (error) {
      partition.state = (await isDetaching(sql, partition.name)) ? "detaching" : "attached";
      throw error;
    }
    partition.state = "detached";
  }
  if (partition.state === "detaching") {
    await sql.query(`ALTER TABLE "${partition.parent}" DETACH PARTITION ${table} FINALIZE`);
    partition.state = "detached";
  }
  await sql.query(`DROP TABLE ${table}`);
}

async function isDetaching(sql: Sql, name: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    "SELECT FROM pg_inherits WHERE inhrelid = to_regclass($1) AND inhdetachpending",
    [`partitions."${name}"`],
  );
  return rowCount === 1;
}

/** Its lock was not had in time, or a deadlock was lost to who uses it. */
function isInUse(error: unknown): boolean {
  return ["55P03", "57014", "40P01"].includes(sqlStateOf(error) ?? "");
}

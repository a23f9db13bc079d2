import { setTimeout as sleep } from "node:timers/promises";
import { findDistributed } from "./citus/find-distributed.ts";
import type { Database, Sql } from "./database.ts";
import { sqlStateOf } from "./database-errors.ts";
import { forgetPartitions } from "./partitions.ts";

interface OldPartition {
  name: string;
  parent: string;
  /** `detached`: a process ended between the two steps. `detaching`: during the first. */
  state: "attached" | "detaching" | "detached";
  /** Citus detaches only at once: then users of the table wait for those that came before the detaching. */
  concurrently: boolean;
}

const attempts = 3;
const retryMs = 1_000;

/**
 * Drops partitions of months that ended, and were made, before the cut; returns their names. Readers and writers of other months are not
 * blocked: a partition is detached concurrently, which waits for current users of the table without blocking new ones, and
 * dropped once it is separate. One that stays in use is left for the next run.
 */
export async function dropPartitionsBefore(
  database: Database,
  parents: readonly string[],
  cut: Date,
  beforeDropping: (months: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const dropped: string[] = [];
  const distributed = await findDistributed(database.sql);
  const old = await findOld(database.sql, parents, cut);
  if (old.length > 0)
    await beforeDropping([...new Set(old.map(({ name }) => `${name.slice(-7).replace("_", "-")}-01`))]);
  for (const partition of old) {
    const concurrently = !distributed.has(partition.parent);
    if (await dropPatiently(database.sql, { ...partition, concurrently })) dropped.push(partition.name);
  }
  if (dropped.length > 0) forgetPartitions(database);
  return dropped;
}

async function findOld(sql: Sql, parents: readonly string[], cut: Date): Promise<Omit<OldPartition, "concurrently">[]> {
  return sql.rows<Omit<OldPartition, "concurrently">>(
    `SELECT child.relname AS name, parent.name AS parent,
            CASE WHEN i.inhrelid IS NULL THEN 'detached' WHEN i.inhdetachpending THEN 'detaching' ELSE 'attached' END AS state
       FROM unnest($1::text[]) parent (name)
       JOIN pg_class child ON child.relnamespace = 'partitions'::regnamespace AND child.relkind = 'r'
                          AND child.relname ~ ('^' || parent.name || '_\\d{4}_\\d{2}$')
       LEFT JOIN pg_inherits i ON i.inhrelid = child.oid
      -- added to a date and then read as UTC: a month after an instant depends on the session's time zone
      WHERE (to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= $2
        AND NOT EXISTS (SELECT FROM partition_month m
                         WHERE m.month = to_date(right(child.relname, 7), 'YYYY_MM') AND m.created_at > $2)
      ORDER BY child.relname`,
    [parents, cut],
  );
}

/** False: it stayed in use. */
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
  // The two steps cannot share a transaction. An interrupted detach is finished.
  if (partition.state === "attached") {
    partition.state = "detaching";
    try {
      await sql.query(
        `ALTER TABLE "${partition.parent}" DETACH PARTITION ${table}${partition.concurrently ? " CONCURRENTLY" : ""}`,
      );
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

/** Its lock timed out, or a deadlock with its users was lost. */
function isInUse(error: unknown): boolean {
  return ["55P03", "57014", "40P01"].includes(sqlStateOf(error) ?? "");
}

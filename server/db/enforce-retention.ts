import type { Database } from "./database.ts";
import { dropPartitionsBefore } from "./drop-partitions.ts";
import { factTables, verdictTables } from "./partitions.ts";

export interface Retention {
  /** Older facts are dropped; null: kept forever. */
  factsBefore: Date | null;
  verdictsBefore: Date | null;
  rejectedBefore: Date;
  /** Beyond this, the oldest go before their time. */
  rejectedBytes: number;
}

/** Drops data older than the settings keep: whole monthly partitions, and rows of unpartitioned tables. */
export async function enforceRetention(database: Database, retention: Retention): Promise<string[]> {
  const dropped: string[] = [];
  if (retention.factsBefore) {
    const mark = (months: readonly string[]) => markDropped(database, months);
    dropped.push(...(await dropPartitionsBefore(database, factTables, retention.factsBefore, mark)));
    const before = await rowsBefore(database, "report", retention.factsBefore);
    await dropClosings(database, before);
    await dropSetAside(database, before);
    await dropReporters(database, before);
  }
  if (retention.verdictsBefore) {
    dropped.push(...(await dropPartitionsBefore(database, verdictTables, retention.verdictsBefore)));
    const before = await rowsBefore(database, "verdict", retention.verdictsBefore);
    const { sql } = database;
    await sql.query("DELETE FROM hour_reading WHERE hour < $1", [before]);
    await dropMessages(database, before);
    await sql.query("DELETE FROM pending_amendment WHERE hour < $1", [before]);
    await sql.query("DELETE FROM accepted_hour WHERE hour < $1", [before]);
    // Verdicts show its effect on hours, and a restatement looks up its cause when the hour is judged.
    await sql.query("DELETE FROM deployment WHERE deployed_at < $1", [before]);
    await sql.query("DELETE FROM duty_hour WHERE hour < $1", [before]);
    await sql.query("DELETE FROM slo_terms_change WHERE changed_at < $1", [before]);
  }
  await database.sql.query("DELETE FROM rejected_message WHERE received_at < $1", [retention.rejectedBefore]);
  await dropRejectedBeyond(database, retention.rejectedBytes);
  return dropped;
}

/** From now on late facts of these months are refused: their hours would be judged without the others. */
async function markDropped(database: Database, months: readonly string[]): Promise<void> {
  await database.sql.query(
    `INSERT INTO partition_month (month, created_at, facts_dropped_at)
     SELECT month, '-infinity', now() FROM unnest($1::date[]) month
     ON CONFLICT (month) DO UPDATE SET facts_dropped_at = now()`,
    [months],
  );
}

/** The cut for rows of tables that are not partitioned: not after an older month that is kept, because it was imported. */
async function rowsBefore(database: Database, table: "report" | "verdict", cut: Date): Promise<Date> {
  const { rows } = await database.sql.query<{ before: Date }>(
    `SELECT least($2::timestamptz, min(to_date(right(relname, 7), 'YYYY_MM')::timestamp AT TIME ZONE 'UTC')) AS before
       FROM pg_class
      WHERE relnamespace = 'partitions'::regnamespace AND relkind = 'r' AND relname ~ ('^' || $1 || '_\\d{4}_\\d{2}$')
        AND (to_date(right(relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= $2`,
    [table, cut],
  );
  return rows[0]?.before ?? cut;
}

/** Newest first, as many as fit; a row's own fields take some 500 bytes. */
async function dropRejectedBeyond(database: Database, bytes: number): Promise<void> {
  await database.sql.query(
    `DELETE FROM rejected_message WHERE id <= (
       SELECT max(id) FROM (SELECT id, sum(octet_length(payload) + 500) OVER (ORDER BY id DESC) AS so_far FROM rejected_message) sized
        WHERE so_far > $1)`,
    [bytes],
  );
}

/** Keeps what still waits to be sent. */
async function dropMessages(database: Database, before: Date): Promise<void> {
  await database.sql.query(
    `DELETE FROM subscription_message message
      WHERE hour < $1
        AND NOT EXISTS (SELECT FROM delivery WHERE dedup_key = message.id AND state = 'queued')`,
    [before],
  );
}

/** Keeps the newest per (type, datacenter): it says that everything before it was closed. */
async function dropClosings(database: Database, before: Date): Promise<void> {
  for (const table of ["closing_step", "closing_mark"]) {
    await database.sql.query(
      `DELETE FROM ${table} old
        WHERE old.closed_through < $1
          AND EXISTS (SELECT FROM ${table} newer
                       WHERE newer.event_type_id = old.event_type_id AND newer.datacenter_id = old.datacenter_id
                         AND newer.closed_through > old.closed_through)`,
      [before],
    );
  }
}

/**
 * Reporter hours of dropped hours, and finals before them. If a reporter that ended a day before the first kept hour is
 * recorded in that hour or later, it has reported again since, so its final is void.
 */
async function dropReporters(database: Database, before: Date): Promise<void> {
  await database.sql.query("DELETE FROM reporter_hours WHERE day < ($1::timestamptz AT TIME ZONE 'UTC')::date", [
    before,
  ]);
  await database.sql.query(
    "DELETE FROM reporter_final WHERE final_at < date_trunc('day', $1::timestamptz, 'UTC') - interval '1 day'",
    [before],
  );
}

/** Undoing a correction must not restore single facts of hours whose others are gone. */
async function dropSetAside(database: Database, before: Date): Promise<void> {
  await database.sql.query("DELETE FROM set_aside_report WHERE hour < $1", [before]);
  await database.sql.query("DELETE FROM set_aside_marker WHERE hour < $1", [before]);
  await database.sql.query("DELETE FROM set_aside_mark WHERE closed_through < $1", [before]);
}

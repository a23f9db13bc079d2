import type { Database } from "./database.ts";
import { dropPartitionsBefore } from "./drop-partitions.ts";
import { factTables, verdictTables } from "./partitions.ts";

export interface Retention {
  /** Older facts are dropped; null: kept forever. */
  factsBefore: Date | null;
  verdictsBefore: Date | null;
  rejectedBefore: Date;
}

/** Drops data older than the settings keep: whole monthly partitions, and rows of unpartitioned tables. */
export async function enforceRetention(database: Database, retention: Retention): Promise<string[]> {
  const dropped: string[] = [];
  if (retention.factsBefore) {
    dropped.push(...(await dropPartitionsBefore(database, factTables, retention.factsBefore)));
    await dropClosings(database, retention.factsBefore);
    await dropSetAside(database, retention.factsBefore);
    await dropReporters(database, retention.factsBefore);
  }
  if (retention.verdictsBefore) {
    dropped.push(...(await dropPartitionsBefore(database, verdictTables, retention.verdictsBefore)));
    const old = { where: { hour: { lt: retention.verdictsBefore } } };
    await database.prisma.hourReading.deleteMany(old);
    await dropMessages(database, retention.verdictsBefore);
    await database.prisma.pendingAmendment.deleteMany(old);
    await database.prisma.acceptedHour.deleteMany(old);
    // Verdicts show its effect on hours, and a restatement looks up its cause when the hour is judged.
    await database.prisma.deployment.deleteMany({ where: { deployedAt: { lt: retention.verdictsBefore } } });
    await database.prisma.sloTermsChange.deleteMany({ where: { changedAt: { lt: retention.verdictsBefore } } });
  }
  await database.prisma.rejectedMessage.deleteMany({ where: { receivedAt: { lt: retention.rejectedBefore } } });
  return dropped;
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

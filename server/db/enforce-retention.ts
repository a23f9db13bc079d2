import type { Database } from "./database.ts";
import { dropPartitionsBefore } from "./drop-partitions.ts";
import { factTables, verdictTables } from "./partitions.ts";

export interface Retention {
  /** Older than this goes; null: kept for ever. */
  factsBefore: Date | null;
  verdictsBefore: Date | null;
  rejectedBefore: Date;
}

/** Drops what is older than the settings keep: whole monthly partitions, and rows of the tables that have none. */
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
    await database.prisma.subscriptionMessage.deleteMany(old);
    await database.prisma.pendingAmendment.deleteMany(old);
    await database.prisma.acceptedHour.deleteMany(old);
    // What it did to hours is seen by their verdicts, and why a month is restated is looked up when one of its hours is judged again.
    await database.prisma.deployment.deleteMany({ where: { deployedAt: { lt: retention.verdictsBefore } } });
    await database.prisma.sloTermsChange.deleteMany({ where: { changedAt: { lt: retention.verdictsBefore } } });
  }
  await database.prisma.rejectedMessage.deleteMany({ where: { receivedAt: { lt: retention.rejectedBefore } } });
  return dropped;
}

/** The newest of each (type, datacenter) stays: it says that everything before it was closed. */
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
 * Who reported in hours that are gone, and who ended before them. Whoever ended a day before the first hour that is kept and is
 * remembered of it or a later one has reported again since: its end says nothing any more.
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

/** Undoing a correction must not bring back single facts of hours whose others are gone. */
async function dropSetAside(database: Database, before: Date): Promise<void> {
  await database.sql.query("DELETE FROM set_aside_report WHERE hour < $1", [before]);
  await database.sql.query("DELETE FROM set_aside_marker WHERE hour < $1", [before]);
  await database.sql.query("DELETE FROM set_aside_mark WHERE closed_through < $1", [before]);
}

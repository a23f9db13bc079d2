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
    await dropClosingSteps(database, retention.factsBefore);
  }
  if (retention.verdictsBefore) {
    dropped.push(...(await dropPartitionsBefore(database, verdictTables, retention.verdictsBefore)));
    const old = { where: { hour: { lt: retention.verdictsBefore } } };
    await database.prisma.hourReading.deleteMany(old);
    await database.prisma.subscriptionMessage.deleteMany(old);
  }
  await database.prisma.rejectedMessage.deleteMany({ where: { receivedAt: { lt: retention.rejectedBefore } } });
  return dropped;
}

/** The newest stair of each (type, datacenter) stays: it says that everything before it was closed. */
async function dropClosingSteps(database: Database, before: Date): Promise<void> {
  await database.sql.query(
    `DELETE FROM closing_step old
      WHERE old.closed_through < $1
        AND EXISTS (SELECT FROM closing_step newer
                     WHERE newer.event_type_id = old.event_type_id AND newer.datacenter_id = old.datacenter_id
                       AND newer.closed_through > old.closed_through)`,
    [before],
  );
}

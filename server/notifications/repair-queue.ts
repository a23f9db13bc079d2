import type { Database } from "#server/db/database.ts";
import { deliverJobKey, lockThread, queueDelivery } from "./delivery-thread.ts";

/**
 * Requeues deliveries that have no job: it was deleted by hand, or a bug, since fixed, used up its attempts. Returns how
 * many there were.
 */
export async function repairQueue(database: Database, now: Date): Promise<number> {
  const { rows } = await database.sql.query<{ id: bigint; channel: string; threadKey: string }>(
    `SELECT DISTINCT ON (channel, thread_key) id, channel, thread_key AS "threadKey"
       FROM delivery
      WHERE state = 'queued'
      ORDER BY channel, thread_key, id`,
  );
  let repaired = 0;
  for (const { id, channel, threadKey } of rows) {
    await database.transaction(async (tx) => {
      await lockThread(tx, channel, threadKey);
      const { rowCount } = await tx.query(
        `SELECT FROM delivery
          WHERE id = $1 AND state = 'queued' AND coalesce(next_attempt_at, created_at) <= $2
            -- one that runs has a job, and whoever ends it queues what is next
            AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs WHERE key = $3 AND attempts < max_attempts)
            AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs
                             WHERE payload->>'deliveryId' = $4 AND locked_at IS NOT NULL)`,
        [id, now, deliverJobKey(id), String(id)],
      );
      if (rowCount !== 1) return;
      await queueDelivery(tx, id);
      repaired += 1;
    });
  }
  return repaired;
}

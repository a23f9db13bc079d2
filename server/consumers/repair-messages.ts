import type { Database } from "#server/db/database.ts";
import { queueDelivery, threadOf } from "./queue-messages.ts";

/**
 * Requeues webhook messages that have no job: it was deleted by hand, or a bug, since fixed, used up its attempts. Of each hour
 * only the first: ending it queues the next. Returns how many there were.
 */
export async function repairMessages(database: Database): Promise<number> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT m.id
         FROM (SELECT DISTINCT ON (subscription_id, hour, ${threadOf("waiting")}) id
                 FROM subscription_message waiting
                WHERE delivered_at IS NULL AND gave_up_at IS NULL
                  -- a judge may have written it while its webhook was ended: nobody is to be told, and no job would ever end it
                  AND EXISTS (SELECT FROM subscription s WHERE s.id = waiting.subscription_id)
                ORDER BY subscription_id, hour, ${threadOf("waiting")}, sequence) m
        -- one that is being sent is looked after by who sends it
        WHERE NOT EXISTS (SELECT FROM subscription_message claimed
                           WHERE claimed.id = m.id AND claimed.claimed_until > clock_timestamp())
          AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs
                           WHERE key = 'subscription ' || m.id AND attempts < max_attempts)
          -- one that runs may have lost its key to a newer job that was taken away since: whoever ends it queues what is next
          AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs
                           WHERE payload->>'messageId' = m.id AND locked_at IS NOT NULL)`,
    );
    for (const { id } of rows) await queueDelivery(tx, id);
    return rows.length;
  });
}

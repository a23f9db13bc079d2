import type { Sql } from "#server/db/database.ts";
import { addJob } from "#server/jobs/index.ts";

/** Ours alone among the advisory locks: the first of their two numbers. */
const threadLock = 7_265_003;

export function deliverJobKey(deliveryId: bigint): string {
  return `deliver:${deliveryId}`;
}

export async function queueDelivery(tx: Sql, deliveryId: bigint, runInMs = 0): Promise<void> {
  const payload = { deliveryId: String(deliveryId) };
  await addJob(tx, { task: "deliver", payload, key: deliverJobKey(deliveryId), runInMs });
}

/**
 * Whoever looks whether something waits before a delivery, and whoever ends one and wakes the next, does so under this lock:
 * else each could miss what the other is about to commit, and a delivery would wait for ever.
 */
export async function lockThread(tx: Sql, channel: string, threadKey: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1, hashtext($2))", [threadLock, `${channel}\n${threadKey}`]);
}

/** Wakes what waited behind a delivery that ended. */
export async function queueNextOfThread(tx: Sql, channel: string, threadKey: string): Promise<void> {
  const { rows } = await tx.query<{ id: bigint }>(
    `SELECT id FROM delivery
      WHERE channel = $1 AND thread_key = $2 AND state = 'queued'
      ORDER BY id LIMIT 1`,
    [channel, threadKey],
  );
  if (rows[0]) await queueDelivery(tx, rows[0].id);
}

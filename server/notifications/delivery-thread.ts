import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";
import { addJob } from "#server/jobs/index.ts";

export function deliverJobKey(deliveryId: bigint): string {
  return `deliver:${deliveryId}`;
}

export async function queueDelivery(tx: Sql, deliveryId: bigint, runInMs = 0): Promise<void> {
  const payload = { deliveryId: String(deliveryId) };
  await addJob(tx, { task: "deliver", payload, key: deliverJobKey(deliveryId), runInMs });
}

/**
 * Checking for deliveries ahead, and ending a delivery and waking the next, both happen under this advisory lock:
 * otherwise each could miss the other's uncommitted change, and a delivery would wait forever.
 */
export async function lockThread(tx: Sql, channel: string, threadKey: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1, hashtext($2))", [
    advisoryLocks.deliveryThread,
    `${channel}\n${threadKey}`,
  ]);
}

/** Wakes the delivery behind one that ended. */
export async function queueNextOfThread(tx: Sql, channel: string, threadKey: string): Promise<void> {
  const { rows } = await tx.query<{ id: bigint }>(
    `SELECT id FROM delivery
      WHERE channel = $1 AND thread_key = $2 AND state = 'queued'
      ORDER BY id LIMIT 1`,
    [channel, threadKey],
  );
  if (rows[0]) await queueDelivery(tx, rows[0].id);
}

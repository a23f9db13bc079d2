import { supersedes } from "#domain/notification/supersedes.ts";
import type { Notification } from "#domain/notification.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { lockThread, queueNextOfThread } from "./delivery-thread.ts";

export interface ClaimedDelivery {
  id: bigint;
  channel: string;
  kind: Notification["kind"];
  threadKey: string;
  incidentId: bigint | null;
  notification: Notification;
  attempts: number;
  createdAt: Date;
  firstAttemptAt: Date | null;
  spec: unknown;
  /** The channel's own id of the thread's message, if it accepted one. */
  posted: Record<string, string> | null;
  /** It says an incident continues, which has ended, and no later message in the thread says so. */
  isOver: boolean;
}

export interface DeliveryJob {
  deliveryId: bigint;
  /** The job that sends it; absent: there is no concurrent sender. */
  jobId?: string;
}

/**
 * The delivery if it is to be sent now: still waiting, first in its thread, not superseded by a later message with the same
 * content, and claimed by no other job. A delivery that waits behind another is woken by a job that the end of that one queues,
 * while its first job may wait for the same event. Both get here; the claim admits one.
 */
export async function claimDelivery(
  ctx: Context,
  { deliveryId: id, jobId }: DeliveryJob,
): Promise<ClaimedDelivery | null> {
  return ctx.database.transaction(async (tx) => {
    const delivery = await loadDelivery(tx, id);
    if (!delivery) return null;
    await lockThread(tx, delivery.channel, delivery.threadKey);
    const others = await loadQueued(tx, delivery);
    // checked under the lock: it may have ended meanwhile
    if (!others.some((other) => other.id === id) || others.some((other) => other.id < id)) return null;
    if (delivery.isOver) {
      await withdraw(tx, id, "The incident is resolved, and its end is told.");
      await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
      return null;
    }
    const later = others.find((other) => other.id > id && supersedes(other.notification, delivery.notification));
    if (!later) return (await takeClaim(tx, id, jobId ?? null)) ? delivery : null;
    await withdraw(tx, id, `Delivery ${later.id} tells the same, newer.`);
    await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
    return null;
  });
}

/**
 * A claim lasts while its job runs: jobs of dead processes are unlocked within seconds, which ends the claim. False: another
 * job is sending the message, so there is nothing to do here.
 */
async function takeClaim(tx: Sql, id: bigint, jobId: string | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE delivery SET claimed_by_job = $2
      WHERE id = $1 AND state = 'queued'
        AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs job
                         WHERE job.id = delivery.claimed_by_job AND job.id IS DISTINCT FROM $2 AND job.locked_at IS NOT NULL)`,
    [id, jobId],
  );
  return rowCount === 1;
}

/** For an attempt that is not made after all. */
export async function releaseClaim(tx: Sql, id: bigint): Promise<void> {
  await tx.query("UPDATE delivery SET claimed_by_job = NULL WHERE id = $1", [id]);
}

/** Withdraws a message that is no longer needed, with the reason. */
export async function withdraw(tx: Sql, id: bigint, why: string): Promise<void> {
  await tx.query(
    `UPDATE delivery SET state = 'withdrawn', next_attempt_at = NULL, withdrawn_because = $2, claimed_by_job = NULL
      WHERE id = $1 AND state = 'queued'`,
    [id, why],
  );
}

async function loadDelivery(tx: Sql, id: bigint): Promise<ClaimedDelivery | null> {
  const { rows } = await tx.query<ClaimedDelivery>(
    `SELECT delivery.id, delivery.channel, delivery.kind, delivery.thread_key AS "threadKey",
            delivery.incident_id AS "incidentId", delivery.body AS notification, delivery.attempts,
            delivery.created_at AS "createdAt", channel.spec,
            (SELECT min(at) FROM delivery_attempt WHERE delivery_id = delivery.id) AS "firstAttemptAt",
            (SELECT sent.receipt FROM delivery sent
              WHERE sent.channel = delivery.channel AND sent.thread_key = delivery.thread_key
                AND sent.receipt IS NOT NULL AND sent.id < delivery.id
              ORDER BY sent.id DESC LIMIT 1) AS posted,
            -- decided while the incident was being resolved: nothing follows its end
            (delivery.kind <> 'test' AND delivery.body->>'status' = 'firing' AND delivery.thread_key LIKE 'tidemark:%'
              AND EXISTS (SELECT FROM incident WHERE id = delivery.incident_id AND state = 'resolved')
              AND NOT EXISTS (SELECT FROM delivery later
                               WHERE later.channel = delivery.channel AND later.thread_key = delivery.thread_key
                                 AND later.id > delivery.id AND later.body->>'status' = 'resolved')) AS "isOver"
       FROM delivery LEFT JOIN channel ON channel.name = delivery.channel
      WHERE delivery.id = $1 AND delivery.state = 'queued'`,
    [id],
  );
  return rows[0] ?? null;
}

async function loadQueued(tx: Sql, { channel, threadKey }: ClaimedDelivery) {
  const { rows } = await tx.query<{ id: bigint; notification: Notification }>(
    `SELECT id, body AS notification FROM delivery
      WHERE channel = $1 AND thread_key = $2 AND state = 'queued' ORDER BY id`,
    [channel, threadKey],
  );
  return rows;
}

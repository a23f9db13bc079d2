import { supersedes } from "#domain/notification/supersedes.ts";
import type { Notification } from "#domain/notification.ts";
import type { Context } from "#server/access/context.ts";
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
  /** What the channel named the thread's message, when it took one before. */
  posted: Record<string, string> | null;
  /** It says that an incident goes on that ended, and no later message of the thread says the end. */
  isOver: boolean;
}

/**
 * The delivery, if it is to be sent now: it still waits, nothing of its thread waits before it, and nothing after it says
 * the same. What waits behind another is woken when that one ends.
 */
export async function claimDelivery(ctx: Context, id: bigint): Promise<ClaimedDelivery | null> {
  return ctx.database.transaction(async (tx) => {
    const delivery = await loadDelivery(tx, id);
    if (!delivery) return null;
    await lockThread(tx, delivery.channel, delivery.threadKey);
    const others = await loadQueued(tx, delivery);
    // looked at under the lock: it may have ended meanwhile
    if (!others.some((other) => other.id === id) || others.some((other) => other.id < id)) return null;
    if (delivery.isOver) {
      await withdraw(tx, id, "The incident is resolved, and its end is told.");
      await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
      return null;
    }
    const later = others.find((other) => other.id > id && supersedes(other.notification, delivery.notification));
    if (!later) return delivery;
    await withdraw(tx, id, `Delivery ${later.id} tells the same, newer.`);
    await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
    return null;
  });
}

/** Takes a message back that is not needed any more, and says why. */
export async function withdraw(tx: Sql, id: bigint, why: string): Promise<void> {
  await tx.query(
    `UPDATE delivery SET state = 'withdrawn', next_attempt_at = NULL, withdrawn_because = $2
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

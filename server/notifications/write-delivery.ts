import type { Notification } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { queueDelivery } from "./delivery-thread.ts";

export interface NewDelivery {
  channel: string;
  notification: Notification;
  incidentId: bigint | null;
  at: Date;
}

/** Writes a message and queues its delivery; null if it was written before. */
export async function writeDelivery(tx: Sql, delivery: NewDelivery): Promise<bigint | null> {
  const { channel, notification, incidentId, at } = delivery;
  const { rows } = await tx.query<{ id: bigint }>(
    `INSERT INTO delivery (dedup_key, thread_key, channel, kind, incident_id, group_key, body, state, created_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, 'queued', $8, $8)
     -- decided twice after a crash: it is there already
     ON CONFLICT (dedup_key) DO NOTHING
     RETURNING id`,
    [
      notification.dedupKey,
      notification.threadKey,
      channel,
      notification.kind,
      incidentId,
      notification.groupKey,
      JSON.stringify(notification),
      at,
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) return null;
  await queueDelivery(tx, id);
  return id;
}

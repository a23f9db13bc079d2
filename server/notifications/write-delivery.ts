import type { Notification } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { queueDeliveries } from "#server/outbox/index.ts";

export interface NewNotification {
  channel: string;
  notification: Notification;
  incidentId: bigint | null;
  at: Date;
}

/** Queues a notification for a channel; null if it was written before. */
export async function writeDelivery(
  tx: Sql,
  { channel, notification, incidentId, at }: NewNotification,
): Promise<bigint | null> {
  const { dedupKey, threadKey, kind, groupKey } = notification;
  const ids = await queueDeliveries(tx, [
    { producer: "channel", receiver: channel, dedupKey, threadKey, kind, groupKey, incidentId, body: notification, at },
  ]);
  return ids.get(dedupKey) ?? null;
}

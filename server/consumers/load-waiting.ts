import type { Hour } from "#domain/hour.ts";
import type { SubscriptionEvent } from "#domain/subscription.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { queueDelivery } from "./queue-messages.ts";

export interface WaitingMessage {
  id: string;
  subscriptionId: string;
  eventType: string;
  consumer: string;
  hour: Hour;
  event: SubscriptionEvent;
  runHours: number | null;
  state: VerdictState;
  ready: boolean;
  revision: number;
  previousRevision: number | null;
  queuedAt: Date;
  attempts: number;
  url: string;
  allowPrivate: boolean;
  secret: string;
  previousSecret: string | null;
  previousSecretUntil: Date | null;
}

/** The message if it is to be told now; null when it was told, its subscription is gone, or one of its hour waits before it. */
export async function loadWaiting(tx: Sql, messageId: string): Promise<WaitingMessage | null> {
  const { rows } = await tx.query<WaitingMessage>(
    `SELECT m.id, m.subscription_id AS "subscriptionId", t.name AS "eventType", c.name AS consumer, m.hour, m.event,
            m.run_hours AS "runHours", m.state, m.ready, m.revision, m.previous_revision AS "previousRevision",
            m.queued_at AS "queuedAt", m.attempts, s.url, s.allow_private AS "allowPrivate", s.secret,
            s.previous_secret AS "previousSecret", s.previous_secret_until AS "previousSecretUntil"
       FROM subscription_message m
       JOIN subscription s ON s.id = m.subscription_id
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = m.event_type_id
      WHERE m.id = $1 AND m.delivered_at IS NULL AND m.gave_up_at IS NULL`,
    [messageId],
  );
  const message = rows[0];
  if (!message) return null;
  if (message.event === "run") return message;
  const first = await findFirstWaiting(tx, message);
  if (!first || first.id === message.id) return message;
  // It was put off, and there is more to tell by now: tried again at once. Whoever ends it queues this one.
  if (first.attempts > 0) await queueDelivery(tx, first.id);
  return null;
}

async function findFirstWaiting(tx: Sql, { subscriptionId, hour }: WaitingMessage) {
  const { rows } = await tx.query<{ id: string; ended: boolean; attempts: number }>(
    `SELECT id, attempts, delivered_at IS NOT NULL OR gave_up_at IS NOT NULL AS ended FROM subscription_message
      WHERE subscription_id = $1 AND hour = $2 AND event <> 'run'
      ORDER BY sequence
        -- an earlier one that is ending just now is waited for: what it then looks for, it finds
        FOR UPDATE`,
    [subscriptionId, hour],
  );
  return rows.find((row) => !row.ended);
}

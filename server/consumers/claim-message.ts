import { randomUUID } from "node:crypto";
import type { Hour } from "#domain/hour.ts";
import type { KnownFigures, SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import { type MessageFigures, messageColumns, readFigures } from "./message-figures.ts";
import { queueDelivery, threadOf } from "./queue-messages.ts";

export interface ClaimedMessage {
  id: string;
  /** Required to record the result. */
  claim: string;
  subscriptionId: string;
  eventType: string;
  consumer: string;
  hour: Hour;
  event: SubscriptionEvent;
  runHours: number | null;
  day: string | null;
  zone: string | null;
  /** For a day: the types whose hours make it up. */
  dayEventTypes: string[];
  revision: number;
  previousRevision: number | null;
  before: KnownFigures | null;
  after: KnownFigures;
  queuedAt: Date;
  attempts: number;
  url: string;
  allowPrivate: boolean;
  secret: string;
  previousSecret: string | null;
  previousSecretUntil: Date | null;
}

/** Longer than any receiver's timeout: an older claim was left by a process that died. */
const claimSeconds = 20;

/**
 * Claims the message for one attempt; null if it ended, its subscription is gone, another process is sending it, or one
 * of its hour is ahead of it. A message may have two jobs: one queued when the message ahead ended, while its
 * first waits for that same end. Both get here; the claim admits one.
 */
export async function claimMessage(tx: Sql, messageId: string): Promise<ClaimedMessage | null> {
  const waiting = await lockWaiting(tx, messageId);
  const [first] = waiting;
  const message = waiting.find(({ id }) => id === messageId);
  if (!first || !message) return null;
  if (first.claimedForMs > 0) {
    // Its claimant queues the next. If that process dies, this message is checked again after the claim expires.
    if (first === message) await queueDelivery(tx, messageId, first.claimedForMs + 1);
    return null;
  }
  if (first !== message) {
    // The first was deferred, and newer messages wait: retry it now. Its end queues this one.
    if (first.attempts > 0) await queueDelivery(tx, first.id);
    return null;
  }
  return takeClaim(tx, messageId);
}

interface WaitingMessage {
  id: string;
  attempts: number;
  /** 0: unclaimed. */
  claimedForMs: number;
}

/** The waiting messages of this one's hour and thread, in sending order. */
async function lockWaiting(tx: Sql, messageId: string): Promise<WaitingMessage[]> {
  const { rows } = await tx.query<WaitingMessage & { ended: boolean }>(
    `SELECT m.id, m.attempts, m.delivered_at IS NOT NULL OR m.gave_up_at IS NOT NULL AS ended,
            greatest(0, coalesce(extract(epoch FROM m.claimed_until - clock_timestamp()) * 1000, 0))::float8 AS "claimedForMs"
       FROM subscription_message asked
       JOIN subscription_message m ON m.subscription_id = asked.subscription_id AND m.hour = asked.hour
        AND ${threadOf("m")} = ${threadOf("asked")}
      WHERE asked.id = $1
      ORDER BY m.sequence
        -- one that is ending or being claimed just now is waited for: what it did is what is read here
        FOR UPDATE OF m`,
    [messageId],
  );
  return rows.filter((row) => !row.ended);
}

async function takeClaim(tx: Sql, messageId: string): Promise<ClaimedMessage | null> {
  const { rows } = await tx.query<Omit<ClaimedMessage, "before" | "after"> & MessageFigures>(
    `UPDATE subscription_message m
        SET claimed_by = $2, claimed_until = clock_timestamp() + make_interval(secs => $3)
       FROM subscription s
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = s.event_type_id
      WHERE m.id = $1 AND s.id = m.subscription_id AND m.delivered_at IS NULL AND m.gave_up_at IS NULL
        AND (m.claimed_until IS NULL OR m.claimed_until <= clock_timestamp())
     RETURNING m.id, m.claimed_by AS claim, m.subscription_id AS "subscriptionId", t.name AS "eventType", c.name AS consumer,
               m.hour, m.event, m.run_hours AS "runHours", m.day, m.zone,
               ARRAY(SELECT e.name FROM event_type e WHERE e.id = ANY (s.day_event_type_ids) ORDER BY e.name) AS "dayEventTypes",
               m.revision, m.previous_revision AS "previousRevision",
               ${messageColumns}, m.queued_at AS "queuedAt", m.attempts, s.url,
               s.allow_private AS "allowPrivate", s.secret, s.previous_secret AS "previousSecret",
               s.previous_secret_until AS "previousSecretUntil"`,
    [messageId, randomUUID(), claimSeconds],
  );
  return rows[0] ? { ...rows[0], ...readFigures(rows[0]) } : null;
}

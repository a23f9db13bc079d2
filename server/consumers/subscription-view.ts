import type { SubscriptionJson } from "#domain/api/consumers.ts";
import type { WithDates } from "#domain/api/shared.ts";
import type { AuditFacts } from "#domain/audit/facts.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import type { SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { specTag } from "#server/precondition.ts";

type LastMessage = NonNullable<SubscriptionJson["lastMessage"]>;

export type SubscriptionView = WithDates<
  Omit<SubscriptionJson, "lastMessage" | "etag">,
  "createdAt" | "previousSecretUntil"
> &
  WithDates<Omit<LastMessage, "event">, "hour" | "queuedAt" | "deliveredAt" | "gaveUpAt"> & {
    /** Of the newest message; null, as the other members of one: there is none. */
    event: SubscriptionEvent | null;
  };

/** What became of a message, from its delivery as `d`. */
export const deliveryColumns = `
  d.attempts, CASE WHEN d.state = 'sent' THEN d.sent_at END AS "deliveredAt",
  CASE WHEN d.state = 'failed' THEN (SELECT max(at) FROM delivery_attempt WHERE delivery_id = d.id) END AS "gaveUpAt",
  CASE WHEN d.state <> 'sent' THEN
    (SELECT detail FROM delivery_attempt WHERE delivery_id = d.id ORDER BY id DESC LIMIT 1) END AS "lastError"`;

/** Without the secrets. In SQL: one webhook too is counted and described from the outbox's rows. The caller appends WHERE, ORDER and LIMIT. */
export const subscriptionStatement = `
SELECT s.id, t.name AS "eventType", c.name AS consumer, c.owner, s.url, s.allow_private AS "allowPrivate", s.events,
       s.run_hours AS "runHours", s.day_zone AS "dayZone",
       ARRAY(SELECT e.name FROM event_type e WHERE e.id = ANY (s.day_event_type_ids) ORDER BY e.name) AS "dayEventTypes", s.created_at AS "createdAt", s.created_by AS "createdBy",
       s.previous_secret_until AS "previousSecretUntil", undelivered.waiting, undelivered.failed,
       last.*
  FROM subscription s
  JOIN consumer c ON c.id = s.consumer_id
  JOIN event_type t ON t.id = s.event_type_id
 CROSS JOIN LATERAL (
   SELECT count(*) FILTER (WHERE d.state = 'queued')::int AS waiting, count(*) FILTER (WHERE d.state = 'failed')::int AS failed
     FROM delivery d
    WHERE d.producer = 'subscription' AND d.receiver = s.id AND d.state IN ('queued', 'failed')) undelivered
  LEFT JOIN LATERAL (
   SELECT m.event, m.hour, m.day, m.queued_at AS "queuedAt", ${deliveryColumns}
     -- from the log: messages are kept for longer
     FROM delivery d JOIN subscription_message m ON m.id = d.dedup_key
    WHERE d.producer = 'subscription' AND d.receiver = s.id
    ORDER BY d.created_at DESC, d.dedup_key DESC LIMIT 1) last ON true`;

export function toSubscriptionJson(row: SubscriptionView): SubscriptionJson {
  const { event, hour, day, queuedAt, attempts, deliveredAt, gaveUpAt, lastError, ...subscription } = row;
  const { url, allowPrivate, events, runHours, dayZone, dayEventTypes, previousSecretUntil } = row;
  return {
    ...subscription,
    createdAt: formatInstant(row.createdAt),
    previousSecretUntil: previousSecretUntil && formatInstant(previousSecretUntil),
    etag: specTag({ url, allowPrivate, events, runHours, dayZone, dayEventTypes, previousSecretUntil }),
    lastMessage: event && {
      event,
      hour: formatHour(hour),
      day,
      queuedAt: formatInstant(queuedAt),
      attempts,
      deliveredAt: deliveredAt && formatInstant(deliveredAt),
      gaveUpAt: gaveUpAt && formatInstant(gaveUpAt),
      lastError,
    },
  };
}

/** What the audit log says of a webhook. */
export function factsOfSubscription(webhook: SubscriptionJson): AuditFacts {
  const { eventType, consumer, url, allowPrivate, events, runHours, dayZone, dayEventTypes } = webhook;
  return { eventType, consumer, url, allowPrivate, events, runHours, dayZone, dayEventTypes };
}

export async function loadSubscription(sql: Sql, id: string): Promise<SubscriptionJson> {
  const { rows } = await sql.query<SubscriptionView>(`${subscriptionStatement} WHERE s.id = $1`, [id]);
  if (rows[0]) return toSubscriptionJson(rows[0]);
  throw noSubscription(id);
}

export function noSubscription(id: string): NotFound {
  return new NotFound(`Subscription "${id}" does not exist. GET /api/v1/subscriptions lists them.`);
}

import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { formatInstant } from "#domain/instant.ts";
import type { SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";

export interface SubscriptionView {
  id: string;
  eventType: string;
  consumer: string;
  url: string;
  allowPrivate: boolean;
  events: SubscriptionEvent[];
  runHours: number | null;
  createdAt: Date;
  createdBy: string;
  previousSecretUntil: Date | null;
}

/** Without the secrets. The caller appends WHERE, ORDER and LIMIT. */
export const subscriptionStatement = `
SELECT s.id, t.name AS "eventType", c.name AS consumer, s.url, s.allow_private AS "allowPrivate", s.events,
       s.run_hours AS "runHours", s.created_at AS "createdAt", s.created_by AS "createdBy",
       s.previous_secret_until AS "previousSecretUntil"
  FROM subscription s
  JOIN consumer c ON c.id = s.consumer_id
  JOIN event_type t ON t.id = s.event_type_id`;

export function toSubscriptionJson(row: SubscriptionView): SubscriptionJson {
  return {
    ...row,
    createdAt: formatInstant(row.createdAt),
    previousSecretUntil: row.previousSecretUntil && formatInstant(row.previousSecretUntil),
  };
}

export async function loadSubscription(sql: Sql, id: string): Promise<SubscriptionJson> {
  const { rows } = await sql.query<SubscriptionView>(`${subscriptionStatement} WHERE s.id = $1`, [id]);
  if (rows[0]) return toSubscriptionJson(rows[0]);
  throw noSubscription(id);
}

export function noSubscription(id: string): NotFound {
  return new NotFound(`There is no subscription "${id}". GET /api/v1/subscriptions lists them.`);
}

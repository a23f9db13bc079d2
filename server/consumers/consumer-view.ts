import type { ConsumerJson } from "#domain/api/consumers.ts";
import { formatInstant } from "#domain/instant.ts";

export interface ConsumerView {
  eventType: string;
  name: string;
  contact: string;
  description: string | null;
  minCompleteness: number | null;
  registeredAt: Date;
  registeredBy: string;
  updatedAt: Date;
  subscriptions: number;
}

/** The caller appends WHERE, ORDER and LIMIT; `c` is the consumer, `t` its event type. */
export const consumerStatement = `
SELECT t.name AS "eventType", c.name, c.contact, c.description, c.min_completeness AS "minCompleteness",
       c.registered_at AS "registeredAt", c.registered_by AS "registeredBy", c.updated_at AS "updatedAt",
       (SELECT count(*)::int FROM subscription s WHERE s.consumer_id = c.id) AS subscriptions
  FROM consumer c
  JOIN event_type t ON t.id = c.event_type_id`;

export function toConsumerJson(row: ConsumerView): ConsumerJson {
  return { ...row, registeredAt: formatInstant(row.registeredAt), updatedAt: formatInstant(row.updatedAt) };
}

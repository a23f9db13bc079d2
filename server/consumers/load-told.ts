import type { Hour } from "#domain/hour.ts";
import type { LastTold, SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";

/** A subscription as the judge needs it. */
export interface Listener {
  id: string;
  eventTypeId: number;
  events: SubscriptionEvent[];
  runHours: number | null;
  createdAt: Date;
  minCompleteness: number | null;
  maxDuplicated: number | null;
}

export interface ToldHour extends LastTold {
  sequence: number;
}

export async function loadListeners(tx: Sql, eventTypeIds: readonly number[]): Promise<Listener[]> {
  const { rows } = await tx.query<Listener>(
    `SELECT s.id, s.event_type_id AS "eventTypeId", s.events, s.run_hours AS "runHours", s.created_at AS "createdAt",
            c.min_completeness AS "minCompleteness", t.max_duplicated AS "maxDuplicated"
       FROM subscription s
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = s.event_type_id
      WHERE s.event_type_id = ANY ($1)
      ORDER BY s.id`,
    [eventTypeIds],
  );
  return rows;
}

export function toldKey(subscriptionId: string, hour: Hour): string {
  return `${subscriptionId} ${hour.getTime()}`;
}

/** The newest that each subscription was told of each hour, by toldKey. */
export async function loadTold(
  tx: Sql,
  pairs: readonly { subscriptionId: string; hour: Hour }[],
): Promise<Map<string, ToldHour>> {
  const { rows } = await tx.query<ToldHour & { subscriptionId: string; hour: Date }>(
    `SELECT DISTINCT ON (m.subscription_id, m.hour)
            m.subscription_id AS "subscriptionId", m.hour, m.sequence, m.state, m.ready, m.revision,
            m.known, m.produced, m.delivered, m.lost, m.duplicated, m.skewed,
            bool_or(m.ready) OVER (PARTITION BY m.subscription_id, m.hour) AS "everReady"
       FROM unnest($1::text[], $2::timestamptz[]) AS k(subscription_id, hour)
       JOIN subscription_message m ON m.subscription_id = k.subscription_id AND m.hour = k.hour AND m.event <> 'run'
      ORDER BY m.subscription_id, m.hour, m.sequence DESC`,
    [pairs.map(({ subscriptionId }) => subscriptionId), pairs.map(({ hour }) => hour)],
  );
  return new Map(rows.map((row) => [toldKey(row.subscriptionId, row.hour), row]));
}

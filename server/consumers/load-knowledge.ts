import type { Hour } from "#domain/hour.ts";
import type { HourKnowledge, KnownHour } from "#domain/subscription.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { Listener } from "./load-listeners.ts";
import { threadOf } from "./queue-messages.ts";

export interface SubscribedHour {
  listener: Listener;
  hour: Hour;
}

export interface LoadedKnowledge extends HourKnowledge {
  sent: (KnownHour & { everReady: boolean; sequence: number }) | null;
  /** An amendment of the hour is held. */
  isPending: boolean;
}

type Keyed<Row> = Row & { subscriptionId: string; hour: Date };

const nothing: LoadedKnowledge = { sent: null, read: null, held: null, isPending: false };

/** What the subscriptions know of these hours, as a lookup function. */
export async function loadKnowledge(
  tx: Sql,
  asked: readonly SubscribedHour[],
): Promise<(asked: SubscribedHour) => LoadedKnowledge> {
  const [sent, read, held] = [await loadSent(tx, asked), await loadRead(tx, asked), await loadHeld(tx, asked)];
  return ({ listener, hour }) => {
    const key = keyOf(listener.id, hour);
    const pending = held.get(key);
    return {
      ...nothing,
      sent: sent.get(key) ?? null,
      read: read.get(key) ?? null,
      held: pending ?? null,
      isPending: pending?.isDue ?? false,
    };
  };
}

function keyOf(subscriptionId: string, hour: Hour): string {
  return `${subscriptionId} ${hour.getTime()}`;
}

function byKey<Row extends { subscriptionId: string; hour: Date }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [keyOf(row.subscriptionId, row.hour), row]));
}

export const subscribedHours = bulkRows({ subscriptionId: "text", hour: "timestamptz" });
const readHours = bulkRows({
  subscriptionId: "text",
  hour: "timestamptz",
  eventTypeId: "int",
  consumerId: "int",
});

function keysOf(asked: readonly SubscribedHour[]) {
  return asked.map(({ listener: { id: subscriptionId, eventTypeId, consumerId }, hour }) => {
    return { subscriptionId, hour, eventTypeId, consumerId };
  });
}

/** Each subscription's newest message about each hour. */
async function loadSent(tx: Sql, asked: readonly SubscribedHour[]) {
  const { rows } = await tx.query<Keyed<KnownHour & { everReady: boolean; sequence: number }>>(
    `SELECT DISTINCT ON (m.subscription_id, m.hour)
            m.subscription_id AS "subscriptionId", m.hour, m.sequence, m.state, m.ready, m.revision,
            m.known, m.produced, m.delivered, m.lost, m.duplicated,
            bool_or(m.ready) OVER (PARTITION BY m.subscription_id, m.hour) AS "everReady"
       FROM ${subscribedHours.from("k")}
       JOIN subscription_message m ON m.subscription_id = k.subscription_id AND m.hour = k.hour AND ${threadOf("m")} = 'hour'
      ORDER BY m.subscription_id, m.hour, m.sequence DESC`,
    subscribedHours.values(keysOf(asked)),
  );
  return byKey(rows);
}

/** The gate's last answer to each one's consumer. */
async function loadRead(tx: Sql, asked: readonly SubscribedHour[]) {
  const { rows } = await tx.query<Keyed<KnownHour>>(
    `SELECT k.subscription_id AS "subscriptionId", k.hour, r.last_revision AS revision, r.ready,
            r.state, r.known, r.produced, r.delivered, r.lost, r.duplicated
       FROM ${readHours.from("k")}
       JOIN hour_reading r
         ON r.event_type_id = k.event_type_id AND r.hour = k.hour AND r.consumer_id = k.consumer_id AND r.state IS NOT NULL`,
    readHours.values(keysOf(asked)),
  );
  return byKey(rows);
}

async function loadHeld(tx: Sql, asked: readonly SubscribedHour[]) {
  const { rows } = await tx.query<Keyed<KnownHour & { isDue: boolean }>>(
    `SELECT p.subscription_id AS "subscriptionId", p.hour, p.due_at IS NOT NULL AS "isDue", p.revision, p.state, p.ready,
            p.known, p.produced, p.delivered, p.lost, p.duplicated
       FROM ${subscribedHours.from("k")}
       JOIN pending_amendment p ON p.subscription_id = k.subscription_id AND p.hour = k.hour`,
    subscribedHours.values(keysOf(asked)),
  );
  return byKey(rows);
}

import type { deliveryProducers } from "#domain/api/deliveries.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { currentTraceparent } from "#server/process/tracing.ts";

/** `lineage`: run events for an OpenLineage backend, which no log shows. */
export type ProducerName = (typeof deliveryProducers)[number] | "lineage";

export interface NewDelivery {
  /** From its content, so that the same message never has two: receivers deduplicate by it. */
  dedupKey: string;
  producer: ProducerName;
  /** A channel's name or a subscription's id. */
  receiver: string;
  /** Messages of one receiver and thread are sent in the order they were written in. */
  threadKey: string;
  kind: string;
  incidentId?: bigint | null;
  groupKey?: string | null;
  body: object;
  /** Product time. */
  at: Date;
  /** Of the span that decided on it; omitted: of the running one. */
  traceparent?: string | null;
}

/** Notified whenever something may be due: messages, and the timers of notifications. */
export const outboxChannel = "tidemark_outbox";

/** Wakes the notifying processes when the transaction commits. */
export async function wakeOutbox(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_notify($1, '')", [outboxChannel]);
}

const deliveryRows = bulkRows({
  dedupKey: "text",
  producer: "text",
  receiver: "text",
  threadKey: "text",
  kind: "text",
  incidentId: "bigint?",
  groupKey: "text?",
  body: "jsonb",
  at: "timestamptz",
  traceparent: "text?",
});

/** Writes messages to be sent once the transaction commits. Returns the ids, by key, of those not written before. */
export async function queueDeliveries(tx: Sql, deliveries: readonly NewDelivery[]): Promise<Map<string, bigint>> {
  if (deliveries.length === 0) return new Map();
  const running = currentTraceparent();
  const written = deliveries.map((each) => ({
    ...each,
    incidentId: each.incidentId ?? null,
    groupKey: each.groupKey ?? null,
    traceparent: each.traceparent ?? running,
  }));
  const { rows } = await tx.query<{ dedupKey: string; id: bigint }>(
    `INSERT INTO delivery (dedup_key, producer, receiver, thread_key, kind, incident_id, group_key, body, state, created_at,
                           next_attempt_at, due_at, traceparent)
     SELECT n.dedup_key, n.producer, n.receiver, n.thread_key, n.kind, n.incident_id, n.group_key, n.body, 'queued', n.at, n.at,
            now(), n.traceparent
       FROM ${deliveryRows.from("n")}
     -- decided twice after a crash: it is there already
     ON CONFLICT (dedup_key) DO NOTHING
     RETURNING dedup_key AS "dedupKey", id`,
    deliveryRows.values(written),
  );
  await wakeOutbox(tx);
  return new Map(rows.map(({ dedupKey, id }) => [dedupKey, id]));
}

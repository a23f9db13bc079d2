import { formatHour, type Hour } from "#domain/hour.ts";
import type { KnownFigures, ReportedHour, SubscriptionEvent } from "#domain/subscription.ts";
import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { type NewDelivery, queueDeliveries } from "#server/outbox/index.ts";
import { knownColumns } from "./message-figures.ts";

export interface NewMessage {
  /** The webhook-id: from its content, so the same message never has two. */
  id: string;
  subscriptionId: string;
  eventTypeId: number;
  /** For a run, the first. */
  hour: Hour;
  event: SubscriptionEvent;
  sequence: number;
  /** For a run or a day: its number of hours. */
  runHours: number | null;
  /** For a day. */
  day: { day: string; zone: string } | null;
  previousRevision: number | null;
  ready: boolean;
  /** null: no earlier figures. */
  before: KnownFigures | null;
  sent: ReportedHour;
  /** Of the verdict that it follows from. */
  traceparent?: string | undefined;
}

const messageRows = bulkRows({
  id: "text",
  subscriptionId: "text",
  eventTypeId: "int",
  hour: "timestamptz",
  event: "text",
  sequence: "int",
  runHours: "int?",
  day: "text?",
  zone: "text?",
  previousRevision: "int?",
  ...knownColumns,
  revision: "int",
  skewed: "bigint",
  beforeState: "text?",
  beforeReady: "bool?",
  beforeKnown: "bool?",
  beforeProduced: "bigint?",
  beforeDelivered: "bigint?",
  beforeLost: "bigint?",
  beforeDuplicated: "bigint?",
});

/** Writes the messages, and queues them. */
export async function queueMessages(tx: Sql, messages: readonly NewMessage[], now: Date): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `INSERT INTO subscription_message (${messageRows.names}, queued_at) SELECT n.*, $1 FROM ${messageRows.from("n", 2)}`,
    [now, ...messageRows.values(messages.map(toRow))],
  );
  await queueDeliveries(tx, await toDeliveries(tx, messages, now));
  await hurryThreads(tx, messages);
}

function toRow({ sent, before, day, traceparent: _, ...message }: NewMessage): RowOf<typeof messageRows> {
  return {
    ...sent,
    ...message,
    day: day?.day ?? null,
    zone: day?.zone ?? null,
    beforeState: before?.state ?? null,
    beforeReady: before?.ready ?? null,
    beforeKnown: before?.known ?? null,
    beforeProduced: before?.produced ?? null,
    beforeDelivered: before?.delivered ?? null,
    beforeLost: before?.lost ?? null,
    beforeDuplicated: before?.duplicated ?? null,
  };
}

/** Omits those of a webhook that was ended meanwhile. */
async function toDeliveries(tx: Sql, messages: readonly NewMessage[], at: Date): Promise<NewDelivery[]> {
  const { rows } = await tx.query<{ id: string; eventType: string; consumer: string }>(
    `SELECT s.id, t.name AS "eventType", c.name AS consumer
       FROM subscription s JOIN consumer c ON c.id = s.consumer_id JOIN event_type t ON t.id = s.event_type_id
      WHERE s.id = ANY ($1)`,
    [messages.map(({ subscriptionId }) => subscriptionId)],
  );
  const names = new Map(rows.map((row) => [row.id, row]));
  return messages.flatMap((message) => {
    const of = names.get(message.subscriptionId);
    if (!of) return [];
    const { traceparent = null } = message;
    const { id: dedupKey, subscriptionId: receiver, event: kind, ready, sent } = message;
    const title = `${of.eventType} ${message.day?.day ?? formatHour(message.hour)}`;
    const body = { title, receiver: of.consumer, state: sent.state, ready, revision: sent.revision };
    return [
      { producer: "subscription", receiver, dedupKey, threadKey: threadKeyOf(message), kind, body, at, traceparent },
    ];
  });
}

const threads = bulkRows({ receiver: "text", threadKey: "text" });

/** What is deferred ahead of news is tried now, so that the news need not wait for it. */
async function hurryThreads(tx: Sql, messages: readonly NewMessage[]): Promise<void> {
  await tx.query(
    `WITH deferred AS MATERIALIZED (
       SELECT id FROM delivery JOIN ${threads.from("n")} USING (receiver, thread_key)
        WHERE state = 'queued' AND attempts > 0
        -- as claims do
        ORDER BY id FOR NO KEY UPDATE OF delivery
     )
     UPDATE delivery SET due_at = now() FROM deferred WHERE delivery.id = deferred.id`,
    threads.values(messages.map((message) => ({ receiver: message.subscriptionId, threadKey: threadKeyOf(message) }))),
  );
}

function threadKeyOf({ hour, event }: NewMessage): string {
  const thread = event === "run" ? "run" : event.startsWith("day") ? "day" : "hour";
  return `${formatHour(hour)} ${thread}`;
}

/** SQL key: messages of one subscription, hour and thread have one sequence. `table` is the alias. */
export function threadOf(table: string): string {
  return `CASE WHEN ${table}.event = 'run' THEN 'run' WHEN ${table}.event IN ('day', 'day-amended') THEN 'day' ELSE 'hour' END`;
}

import { formatHour, type Hour } from "#domain/hour.ts";
import type { HourTold, KnownFigures, SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import { type NewDelivery, queueDeliveries } from "#server/outbox/index.ts";

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
  told: HourTold;
}

/** Writes the messages, and queues them. */
export async function queueMessages(tx: Sql, messages: readonly NewMessage[], now: Date): Promise<void> {
  if (messages.length === 0) return;
  const column = <Value>(pick: (message: NewMessage) => Value) => messages.map(pick);
  await tx.query(
    `INSERT INTO subscription_message (id, subscription_id, event_type_id, hour, event, sequence, run_hours, state, ready, revision,
                                       previous_revision, known, produced, delivered, lost, duplicated, skewed, before_state,
                                       before_ready, before_known, before_produced, before_delivered, before_lost,
                                       before_duplicated, day, zone, queued_at)
     SELECT n.*, $27
       FROM unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::int[], $7::int[], $8::text[], $9::bool[],
                   $10::int[], $11::int[], $12::bool[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[],
                   $18::text[], $19::bool[], $20::bool[], $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[], $25::text[], $26::text[]) n`,
    [
      column(({ id }) => id),
      column(({ subscriptionId }) => subscriptionId),
      column(({ eventTypeId }) => eventTypeId),
      column(({ hour }) => hour),
      column(({ event }) => event),
      column(({ sequence }) => sequence),
      column(({ runHours }) => runHours),
      column(({ told }) => told.state),
      column(({ ready }) => ready),
      column(({ told }) => told.revision),
      column(({ previousRevision }) => previousRevision),
      column(({ told }) => told.known),
      column(({ told }) => told.produced),
      column(({ told }) => told.delivered),
      column(({ told }) => told.lost),
      column(({ told }) => told.duplicated),
      column(({ told }) => told.skewed),
      column(({ before }) => before?.state ?? null),
      column(({ before }) => before?.ready ?? null),
      column(({ before }) => before?.known ?? null),
      column(({ before }) => before?.produced ?? null),
      column(({ before }) => before?.delivered ?? null),
      column(({ before }) => before?.lost ?? null),
      column(({ before }) => before?.duplicated ?? null),
      column(({ day }) => day?.day ?? null),
      column(({ day }) => day?.zone ?? null),
      now,
    ],
  );
  await queueDeliveries(tx, await toDeliveries(tx, messages, now));
  await hurryThreads(tx, messages);
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
    const { id: dedupKey, subscriptionId: receiver, event: kind, ready, told } = message;
    const title = `${of.eventType} ${message.day?.day ?? formatHour(message.hour)}`;
    const body = { title, receiver: of.consumer, state: told.state, ready, revision: told.revision };
    return [{ producer: "subscription", receiver, dedupKey, threadKey: threadKeyOf(message), kind, body, at }];
  });
}

/** What is deferred ahead of news is tried now, so that the news need not wait for it. */
async function hurryThreads(tx: Sql, messages: readonly NewMessage[]): Promise<void> {
  await tx.query(
    `UPDATE delivery SET due_at = now()
       FROM unnest($1::text[], $2::text[]) AS n(receiver, thread_key)
      WHERE delivery.receiver = n.receiver AND delivery.thread_key = n.thread_key AND state = 'queued' AND attempts > 0`,
    [messages.map(({ subscriptionId }) => subscriptionId), messages.map(threadKeyOf)],
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

import type { SubscriptionMessageJson, SubscriptionMessageState } from "#domain/api/consumers.ts";
import type { WithDates } from "#domain/api/shared.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { type MessageFigures, messageColumns, readFigures, toConsumerFigures } from "./message-figures.ts";
import { deliveryColumns, loadSubscription } from "./subscription-view.ts";

interface ListMessagesInput extends PageInput<MessageKey> {
  id: string;
  state?: SubscriptionMessageState | undefined;
}

interface MessageKey {
  queuedAt: string;
  id: string;
}

/** The outbox's names of a message's states. */
const deliveryStates = { delivered: "sent", waiting: "queued", failed: "failed" } as const satisfies Record<
  SubscriptionMessageState,
  string
>;

type Row = MessageFigures &
  WithDates<Omit<SubscriptionMessageJson, "before" | "after">, "hour" | "queuedAt" | "deliveredAt" | "gaveUpAt">;

/** A webhook's messages, sent or pending, newest first. */
export async function listMessages({
  ctx,
  input,
}: Call<ListMessagesInput>): Promise<Page<SubscriptionMessageJson, MessageKey>> {
  requireScope(ctx, "read");
  const { id: subscription, after, limit } = input;
  const state = input.state ? deliveryStates[input.state] : null;
  const { sql } = ctx.database;
  await loadSubscription(sql, subscription);
  const { rows } = await sql.query<Row>(
    `SELECT m.id, m.event, m.hour, m.run_hours AS "runHours", m.day, m.revision, m.previous_revision AS "previousRevision",
            ${messageColumns}, m.queued_at AS "queuedAt", ${deliveryColumns}
       -- from the log: messages are kept for longer
       FROM delivery d JOIN subscription_message m ON m.id = d.dedup_key
      WHERE d.producer = 'subscription' AND d.receiver = $1
        AND ($2::timestamptz IS NULL OR (d.created_at, d.dedup_key) < ($2, $3))
        AND ($5::text IS NULL OR d.state = $5)
      ORDER BY d.created_at DESC, d.dedup_key DESC LIMIT $4`,
    [subscription, after?.queuedAt ?? null, after?.id ?? null, limit + 1, state],
  );
  const page = cutPage(rows, limit, ({ queuedAt, id }) => ({ queuedAt: queuedAt.toISOString(), id }));
  return { ...page, items: page.items.map(toJson) };
}

function toJson(row: Row): SubscriptionMessageJson {
  const { before, after } = readFigures(row);
  return {
    id: row.id,
    event: row.event,
    hour: formatHour(row.hour),
    runHours: row.runHours,
    day: row.day,
    state: row.state,
    ready: row.ready,
    revision: row.revision,
    previousRevision: row.previousRevision,
    before: before && toConsumerFigures(before),
    after: toConsumerFigures(after),
    queuedAt: formatInstant(row.queuedAt),
    attempts: row.attempts,
    deliveredAt: row.deliveredAt && formatInstant(row.deliveredAt),
    gaveUpAt: row.gaveUpAt && formatInstant(row.gaveUpAt),
    lastError: row.lastError,
  };
}

import type { SubscriptionMessageJson, SubscriptionMessageState } from "#domain/api/consumers.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { cutPage, type Page } from "#server/page.ts";
import { loadSubscription } from "./subscription-view.ts";

interface MessageKey {
  queuedAt: string;
  id: string;
}

type Row = Omit<SubscriptionMessageJson, "hour" | "queuedAt" | "deliveredAt" | "gaveUpAt"> & {
  hour: Date;
  queuedAt: Date;
  deliveredAt: Date | null;
  gaveUpAt: Date | null;
};

/** What a webhook was told, or is being told, the newest first. */
export async function listMessages({
  ctx,
  input,
}: {
  ctx: Context;
  input: { id: string; state?: SubscriptionMessageState | undefined; after: MessageKey | null; limit: number };
}): Promise<Page<SubscriptionMessageJson, MessageKey>> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  await loadSubscription(sql, input.id);
  const { rows } = await sql.query<Row>(
    `SELECT id, event, hour, run_hours AS "runHours", state, ready, revision, previous_revision AS "previousRevision",
            queued_at AS "queuedAt", attempts, delivered_at AS "deliveredAt", gave_up_at AS "gaveUpAt", last_error AS "lastError"
       FROM subscription_message
      WHERE subscription_id = $1 AND ($2::timestamptz IS NULL OR (queued_at, id) < ($2, $3))
        AND CASE $5::text
              WHEN 'delivered' THEN delivered_at IS NOT NULL
              WHEN 'waiting' THEN delivered_at IS NULL AND gave_up_at IS NULL
              WHEN 'failed' THEN delivered_at IS NULL AND gave_up_at IS NOT NULL
              ELSE true
            END
      ORDER BY queued_at DESC, id DESC LIMIT $4`,
    [input.id, input.after?.queuedAt ?? null, input.after?.id ?? null, input.limit + 1, input.state ?? null],
  );
  const page = cutPage(rows, input.limit, ({ queuedAt, id }) => ({ queuedAt: queuedAt.toISOString(), id }));
  return { ...page, items: page.items.map(toJson) };
}

function toJson(row: Row): SubscriptionMessageJson {
  return {
    ...row,
    hour: formatHour(row.hour),
    queuedAt: formatInstant(row.queuedAt),
    deliveredAt: row.deliveredAt && formatInstant(row.deliveredAt),
    gaveUpAt: row.gaveUpAt && formatInstant(row.gaveUpAt),
  };
}

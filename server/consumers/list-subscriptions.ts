import { hideAddresses, seesTargets } from "#domain/access/addresses.ts";
import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import {
  loadSubscription,
  type SubscriptionView,
  subscriptionStatement,
  toSubscriptionJson,
} from "./subscription-view.ts";

export interface ListSubscriptionsInput extends PageInput<string> {
  eventType: string | undefined;
  consumer: string | undefined;
}

/** Webhooks by id, of all types and consumers or of those given. */
export async function listSubscriptions({
  ctx,
  input,
}: Call<ListSubscriptionsInput>): Promise<Page<SubscriptionJson, string>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<SubscriptionView>(
    `${subscriptionStatement}
      WHERE ($1::text IS NULL OR t.name = $1) AND ($2::text IS NULL OR c.name = $2) AND ($3::text IS NULL OR s.id > $3)
      ORDER BY s.id LIMIT $4`,
    [input.eventType ?? null, input.consumer ?? null, input.after, input.limit + 1],
  );
  const items = rows.map((row) => showTo(ctx, toSubscriptionJson(row)));
  return cutPage(items, input.limit, ({ id }) => id);
}

/** One webhook; NotFound for an unknown id. */
export async function readSubscription({ ctx, input }: Call<{ id: string }>): Promise<SubscriptionJson> {
  requireScope(ctx, "read");
  return showTo(ctx, await loadSubscription(ctx.database.sql, input.id));
}

/** Its URL may let whoever has it post there. */
function showTo(ctx: Context, webhook: SubscriptionJson): SubscriptionJson {
  return seesTargets(ctx, webhook.owner) ? webhook : { ...webhook, url: hideAddresses(webhook.url) };
}

import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { type WithDates, writeDates } from "#domain/api/shared.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import type { ConsumerKey } from "./list-consumers.ts";

export type DiscoveredRow = WithDates<DiscoveredConsumerJson, "firstSeenAt" | "lastSeenAt" | "dismissedAt">;

interface ListInput extends PageInput<ConsumerKey> {
  /** Those that were dismissed, or those that were not. */
  readonly dismissed: boolean;
}

/** Jobs that read a type's dataset and are not registered as its consumers, by event type and name. */
export async function listDiscoveredConsumers({
  ctx,
  input: { after, limit, dismissed },
}: Call<ListInput>): Promise<Page<DiscoveredConsumerJson, ConsumerKey>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<DiscoveredRow>(
    `SELECT e.name AS "eventType", d.consumer, d.job_namespace AS "jobNamespace", d.job_name AS "jobName",
            d.first_seen_at AS "firstSeenAt", d.last_seen_at AS "lastSeenAt",
            d.dismissed_at AS "dismissedAt", d.dismissed_by AS "dismissedBy"
       FROM discovered_consumer d JOIN event_type e ON e.id = d.event_type_id
      WHERE NOT EXISTS (SELECT FROM consumer c WHERE c.event_type_id = d.event_type_id AND c.name = d.consumer)
        AND (d.dismissed_at IS NOT NULL) = $4
        AND ($1::text IS NULL OR (e.name, d.consumer) > ($1, $2))
      ORDER BY e.name, d.consumer LIMIT $3`,
    [after?.eventType ?? null, after?.name ?? null, limit + 1, dismissed],
  );
  return cutPage(rows.map(toDiscoveredJson), limit, ({ eventType, consumer }) => ({ eventType, name: consumer }));
}

export function toDiscoveredJson(row: DiscoveredRow): DiscoveredConsumerJson {
  return writeDates(row, ["firstSeenAt", "lastSeenAt", "dismissedAt"]);
}

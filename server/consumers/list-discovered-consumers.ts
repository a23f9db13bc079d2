import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import type { ConsumerKey } from "./list-consumers.ts";

/** Jobs that read a type's dataset and are not registered as its consumers, by event type and name. */
export async function listDiscoveredConsumers({
  ctx,
  input: { after, limit },
}: Call<{ after: ConsumerKey | null; limit: number }>): Promise<Page<DiscoveredConsumerJson, ConsumerKey>> {
  requireScope(ctx, "read");
  type Row = Omit<DiscoveredConsumerJson, "firstSeenAt" | "lastSeenAt"> & { firstSeenAt: Date; lastSeenAt: Date };
  const { rows } = await ctx.database.sql.query<Row>(
    `SELECT e.name AS "eventType", d.consumer, d.job_namespace AS "jobNamespace", d.job_name AS "jobName",
            d.first_seen_at AS "firstSeenAt", d.last_seen_at AS "lastSeenAt"
       FROM discovered_consumer d JOIN event_type e ON e.id = d.event_type_id
      WHERE NOT EXISTS (SELECT FROM consumer c WHERE c.event_type_id = d.event_type_id AND c.name = d.consumer)
        AND ($1::text IS NULL OR (e.name, d.consumer) > ($1, $2))
      ORDER BY e.name, d.consumer LIMIT $3`,
    [after?.eventType ?? null, after?.name ?? null, limit + 1],
  );
  const items = rows.map((row) => ({
    ...row,
    firstSeenAt: formatInstant(row.firstSeenAt),
    lastSeenAt: formatInstant(row.lastSeenAt),
  }));
  return cutPage(items, limit, ({ eventType, consumer }) => ({ eventType, name: consumer }));
}

import { showContacts } from "#domain/access/addresses.ts";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { findEventType } from "#server/verdicts/index.ts";
import { toConsumerJson, withView } from "./consumer-view.ts";

/** The event type's consumers, by name. */
export async function listConsumers({
  ctx,
  input: { eventType, after, limit },
}: Call<{ eventType: string } & PageInput<string>>): Promise<Page<ConsumerJson, string>> {
  requireScope(ctx, "read");
  const { sql, prisma } = ctx.database;
  const { id: eventTypeId } = await findEventType(sql, eventType);
  const rows = await prisma.consumer.findMany({
    include: withView,
    where: { eventTypeId, ...(after !== null && { name: { gt: after } }) },
    orderBy: { name: "asc" },
    take: limit + 1,
  });
  return cutPage(showContacts(ctx, rows.map(toConsumerJson)), limit, ({ name }) => name);
}

export interface ConsumerKey {
  eventType: string;
  name: string;
}

/** All consumers, by event type and name. */
export async function listAllConsumers({
  ctx,
  input: { after, limit },
}: Call<PageInput<ConsumerKey>>): Promise<Page<ConsumerJson, ConsumerKey>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.consumer.findMany({
    include: withView,
    where: after
      ? {
          OR: [
            { eventType: { name: { gt: after.eventType } } },
            { eventType: { name: after.eventType }, name: { gt: after.name } },
          ],
        }
      : {},
    orderBy: [{ eventType: { name: "asc" } }, { name: "asc" }],
    take: limit + 1,
  });
  return cutPage(showContacts(ctx, rows.map(toConsumerJson)), limit, ({ eventType, name }) => ({ eventType, name }));
}

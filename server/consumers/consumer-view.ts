import type { ConsumerJson } from "#domain/api/consumers.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Consumer } from "#server/db/generated/client.ts";

interface ConsumerRow extends Consumer {
  eventType: { name: string };
  _count: { subscriptions: number };
}

export const withView = {
  eventType: { select: { name: true } },
  _count: { select: { subscriptions: true } },
} as const;

export function toConsumerJson({ id: _, eventTypeId: __, eventType, _count, ...row }: ConsumerRow): ConsumerJson {
  return {
    ...row,
    eventType: eventType.name,
    registeredAt: formatInstant(row.registeredAt),
    updatedAt: formatInstant(row.updatedAt),
    subscriptions: _count.subscriptions,
  };
}

import type { ConsumerJson } from "#domain/api/consumers.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Consumer } from "#server/db/generated/client.ts";
import { specTag } from "#server/precondition.ts";

export type ConsumerSpec = Pick<Consumer, "contact" | "description" | "minCompleteness" | "owner">;

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
    etag: consumerTag(row),
  };
}

/** What PUT sets. */
export function specOf({ contact, description, minCompleteness, owner }: ConsumerSpec): ConsumerSpec {
  return { contact, description, minCompleteness, owner };
}

/** Changes with everything that PUT sets. */
export function consumerTag(spec: ConsumerSpec): string {
  return specTag(specOf(spec));
}

/** Under which name the audit log has it: consumers of several types may be called alike. */
export function auditedName({ eventType, consumer }: { eventType: string; consumer: string }): string {
  return `${eventType}/${consumer}`;
}

import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { ConsumerJson, SubscriptionJson } from "#domain/api/consumers.ts";
import { isInTrouble } from "./webhook-words.ts";

/** How many consumers depend on how many event types; how many webhooks notify them, and how many are failing. */
export function directorySentence(
  consumers: readonly Pick<ConsumerJson, "eventType">[],
  webhooks: readonly Pick<SubscriptionJson, "failed" | "lastMessage">[],
): string {
  const types = new Set(consumers.map(({ eventType }) => eventType)).size;
  const depend = consumers.length === 1 ? "depends" : "depend";
  const who = `${formatCountOf(consumers.length, "consumer")} ${depend} on ${formatCountOf(types, "event type")}.`;
  if (webhooks.length === 0) return `${who} No webhook notifies them: they poll the gate.`;
  const notified = `${formatCountOf(webhooks.length, "webhook")} ${webhooks.length === 1 ? "notifies" : "notify"} them`;
  const troubled = webhooks.filter(isInTrouble).length;
  if (webhooks.every(({ lastMessage }) => lastMessage === null)) return `${who} ${notified}; no messages sent yet.`;
  if (troubled === 0) return `${who} ${notified}; every message was delivered.`;
  return `${who} ${notified}; ${troubled} ${troubled === 1 ? "is" : "are"} failing.`;
}

/** The number shown, of a list that may not be fully loaded. */
export function shownText({
  drawn,
  matching,
  all,
  hasMore,
}: {
  drawn: number;
  matching: number;
  all: number;
  hasMore: boolean;
}): string {
  if (hasMore) return `The first ${formatCountOf(all, "consumer")}; more are loading.`;
  const found =
    matching === all ? formatCountOf(all, "consumer") : `${formatCount(matching)} of ${formatCountOf(all, "consumer")}`;
  return drawn < matching ? `${found}, the first ${formatCount(drawn)} shown. Filter to find others.` : found;
}

/** The consumers that match every word of the filter, in their own text or their webhooks' URLs. */
export function narrowConsumers<Consumer extends Pick<ConsumerJson, "eventType" | "name" | "contact" | "description">>(
  consumers: readonly Consumer[],
  webhooks: readonly Pick<SubscriptionJson, "eventType" | "consumer" | "url">[],
  filter: string,
): Consumer[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...consumers];
  const of = webhooksByConsumer(webhooks);
  return consumers.filter((consumer) => {
    const urls = of(consumer).map(({ url }) => url);
    const { eventType, name, contact, description } = consumer;
    const text = [eventType, name, contact, description ?? "", ...urls].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Returns a lookup of webhooks by consumer: built once, not once per consumer. */
export function webhooksByConsumer<Webhook extends Pick<SubscriptionJson, "eventType" | "consumer">>(
  webhooks: readonly Webhook[],
): (consumer: Pick<ConsumerJson, "eventType" | "name">) => readonly Webhook[] {
  const known = Map.groupBy(webhooks, ({ eventType, consumer }) => `${eventType} ${consumer}`);
  return ({ eventType, name }) => known.get(`${eventType} ${name}`) ?? [];
}

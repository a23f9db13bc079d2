import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ConsumerJson,
  SubscriptionJson,
  SubscriptionMessageJson,
  SubscriptionMessageState,
} from "#domain/api/consumers.ts";
import { allPages, get, type ListJson, send } from "./client.ts";

/** The input for a new webhook. */
export interface NewWebhookJson {
  eventType: string;
  consumer: string;
  url: string;
  events: SubscriptionJson["events"];
  runHours: number | null;
  dayZone: string | null;
  /** Besides its own type. */
  dayEventTypes: string[];
  allowPrivate: boolean;
}

/** The only answer that includes its secret. */
export type WebhookSecretJson = SubscriptionJson & { secret: string };

export interface ConsumerSpecJson {
  contact: string;
  description: string | null;
  minCompleteness: number | null;
}

const path = (id: string) => `/subscriptions/${encodeURIComponent(id)}`;
export const messagesAtOnce = 50;

/** Consumers and their webhooks are fetched only on their own pages. */
export const webhooks = {
  create: (body: NewWebhookJson) => send<WebhookSecretJson>("POST", "/subscriptions", body),
  rotateSecret: (id: string) => send<WebhookSecretJson>("POST", `${path(id)}/rotate-secret`),
  remove: (id: string) => send<void>("DELETE", path(id)),
  replay: (id: string, messageId: string) =>
    send<void>("POST", `${path(id)}/messages/${encodeURIComponent(messageId)}/replay`),
  forget: (eventType: string, name: string) =>
    send<void>("DELETE", `/event-types/${encodeURIComponent(eventType)}/consumers/${encodeURIComponent(name)}`),
  register: (eventType: string, name: string, body: ConsumerSpecJson) =>
    send<ConsumerJson>(
      "PUT",
      `/event-types/${encodeURIComponent(eventType)}/consumers/${encodeURIComponent(name)}`,
      body,
    ),
};

/** A webhook was added or removed: every list of them, and of the consumers they notify, is refetched. */
export async function forgetLists(client: QueryClient): Promise<void> {
  const keys = ["subscriptions", "all-consumers", "consumers", "hour-consumers"];
  await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export const webhookQueries = {
  /** All consumers, of all event types. */
  consumers: () =>
    queryOptions({
      queryKey: ["all-consumers"],
      queryFn: ({ signal }) => allPages<ListJson<ConsumerJson>>("/consumers?limit=500", signal),
    }),
  /** Of one event type, or all. */
  subscriptions: (eventType: string | null) =>
    queryOptions({
      queryKey: ["subscriptions", eventType],
      queryFn: ({ signal }) =>
        allPages<ListJson<SubscriptionJson>>(
          `/subscriptions?limit=500${eventType === null ? "" : `&eventType=${encodeURIComponent(eventType)}`}`,
          signal,
        ),
    }),
  subscription: (id: string) =>
    queryOptions({
      queryKey: ["subscription", id],
      queryFn: ({ signal }) => get<SubscriptionJson>(path(id), signal),
    }),
  messages: (id: string, state: SubscriptionMessageState | null) =>
    infiniteQueryOptions({
      queryKey: ["subscription-messages", id, state],
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams({ limit: String(messagesAtOnce) });
        if (state !== null) query.set("state", state);
        if (pageParam !== null) query.set("cursor", pageParam);
        return get<ListJson<SubscriptionMessageJson>>(`${path(id)}/messages?${query}`, signal);
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }: ListJson<SubscriptionMessageJson>) => nextCursor,
    }),
};

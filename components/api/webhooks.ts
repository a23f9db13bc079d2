import { infiniteQueryOptions } from "@tanstack/react-query";
import type { SubscriptionMessageJson, SubscriptionMessageState } from "#domain/api/consumers.ts";
import type { components } from "#domain/api/paths.ts";
import { answerOf, api, type ListJson } from "./client.ts";
import { read, readAll } from "./queries.ts";

export type NewWebhookJson = components["schemas"]["SubscriptionRequest"];
export type ConsumerSpecJson = components["schemas"]["ConsumerSpec"];

const ofId = (id: string) => ({ params: { path: { id } } });
const ofConsumer = (name: string, consumer: string) => ({ params: { path: { name, consumer } } });
export const messagesAtOnce = 50;

/** Consumers and their webhooks are fetched only on their own pages. */
export const webhooks = {
  create: (body: NewWebhookJson) => answerOf(api.POST("/subscriptions", { body })),
  rotateSecret: (id: string) => answerOf(api.POST("/subscriptions/{id}/rotate-secret", ofId(id))),
  remove: (id: string) => api.DELETE("/subscriptions/{id}", ofId(id)),
  replay: (id: string, messageId: string) =>
    api.POST("/subscriptions/{id}/messages/{messageId}/replay", { params: { path: { id, messageId } } }),
  forget: (eventType: string, name: string, headers: Record<string, string>) =>
    api.DELETE("/event-types/{name}/consumers/{consumer}", { ...ofConsumer(eventType, name), headers }),
  register: (eventType: string, name: string, body: ConsumerSpecJson, headers: Record<string, string> = {}) =>
    answerOf(api.PUT("/event-types/{name}/consumers/{consumer}", { ...ofConsumer(eventType, name), body, headers })),
  dismiss: (eventType: string, name: string) =>
    api.POST("/event-types/{name}/discovered-consumers/{consumer}/dismiss", ofConsumer(eventType, name)),
  restore: (eventType: string, name: string) =>
    api.POST("/event-types/{name}/discovered-consumers/{consumer}/restore", ofConsumer(eventType, name)),
};

/** Every list of consumers and webhooks, and of what may become one: one was added or removed. */
export const consumerLists = [
  "subscriptions",
  "all-consumers",
  "consumers",
  "hour-consumers",
  "discovered-consumers",
].map((key) => [key]);

export const webhookQueries = {
  /** All consumers, of all event types. */
  consumers: () => readAll(["all-consumers"], "/consumers"),
  /** Jobs that OpenLineage events name: suggested, or dismissed. */
  discovered: (isDismissed: boolean) =>
    readAll(["discovered-consumers", isDismissed], "/discovered-consumers", {
      query: { dismissed: String(isDismissed) },
    }),
  /** Of one event type, or all. */
  subscriptions: (eventType: string | null) =>
    readAll(["subscriptions", eventType], "/subscriptions", { query: { eventType } }),
  subscription: (id: string) => read(["subscription", id], "/subscriptions/{id}", { path: { id } }),
  messages: (id: string, state: SubscriptionMessageState | null) =>
    infiniteQueryOptions({
      queryKey: ["subscription-messages", id, state],
      queryFn: ({ pageParam, signal }) => {
        const cursor = pageParam === null ? {} : { cursor: pageParam };
        const query = { limit: messagesAtOnce, ...(state === null ? {} : { state }), ...cursor };
        return answerOf(api.GET("/subscriptions/{id}/messages", { params: { path: { id }, query }, signal }));
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }: ListJson<SubscriptionMessageJson>) => nextCursor,
    }),
};

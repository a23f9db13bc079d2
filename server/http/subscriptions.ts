import { z } from "@hono/zod-openapi";
import {
  newSubscriptionSchema,
  subscriptionMessageSchema,
  subscriptionMessageStates,
  subscriptionSchema,
} from "#domain/api/consumers.ts";
import { listOf, name } from "#domain/api/shared.ts";
import { subscriptionEvents } from "#domain/subscription.ts";
import {
  createSubscription,
  listMessages,
  listSubscriptions,
  readSubscription,
  removeSubscription,
  replayMessage,
  rotateSecret,
} from "#server/consumers/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("consumers");

const params = z.object({ id: z.string().meta({ example: "sub_5f0c9b1e7a3d42668d10c2b4" }) });

const requestSchema = z
  .strictObject({
    eventType: name,
    consumer: z.string().meta({ description: "As registered under the type's `consumers`; its threshold decides." }),
    url: z
      .string()
      .max(2_000)
      .refine(isHttpUrl, "The URL must begin with https:// or http:// and contain no user name or password."),
    allowPrivate: z.boolean().default(false).meta({
      description: "Allow a URL in this machine's private network.",
    }),
    events: z.array(z.enum(subscriptionEvents)).min(1, `Name at least one event: ${subscriptionEvents.join(", ")}.`),
    runHours: z.int().min(2).max(744).nullish().meta({
      description:
        "With the event `run`: one message for every run of this many ready hours. Runs start on Mondays, so 24 are UTC days and 168 are weeks.",
    }),
    dayZone: z.string().nullish().meta({
      description:
        "With the event `day`: the time zone of the calendar days, which have 23 or 25 hours when clocks change.",
      example: "Europe/Stockholm",
    }),
    dayEventTypes: z
      .array(name)
      .max(50)
      .nullish()
      .meta({
        description:
          "With the event `day`: other types whose hours the day needs; the consumer is registered under each.",
        example: ["AdClick"],
      }),
  })
  .refine(({ events, dayZone }) => events.includes("day") === (dayZone !== null && dayZone !== undefined), {
    error: "`dayZone` is required with the event `day`, and allowed only with it.",
    path: ["dayZone"],
  })
  .refine(({ events }) => events.includes("day") || !events.includes("day-amended"), {
    error: "`day-amended` requires the event `day`, which it amends.",
    path: ["events"],
  })
  .refine(({ events, dayEventTypes }) => events.includes("day") || !dayEventTypes?.length, {
    error: "`dayEventTypes` is allowed only with the event `day`.",
    path: ["dayEventTypes"],
  })
  .refine(({ events, runHours }) => events.includes("run") === (runHours !== null && runHours !== undefined), {
    error: "`runHours` is required with the event `run`, and allowed only with it.",
    path: ["runHours"],
  })
  .meta({
    id: "SubscriptionRequest",
    example: {
      eventType: "EndSong",
      consumer: "royalties-daily",
      url: "https://royalties.example.com/tidemark",
      events: ["complete", "amended", "incomplete"],
    },
  });

const listRoute = route.get("/subscriptions", needs("read"), {
  operationId: "listSubscriptions",
  summary: "List webhooks",
  request: { query: pageQuery.extend({ eventType: z.string().optional(), consumer: z.string().optional() }) },
  responses: { 200: json(listOf(subscriptionSchema), "The webhooks, without their secrets."), ...problems(400) },
});

const createSubscriptionRoute = route.post("/subscriptions", needs("write"), {
  operationId: "createSubscription",
  summary: "Create a webhook for a consumer",
  description:
    "`complete`: the first time that an hour is ready by the consumer's threshold. `amended`: figures it received or could read changed. `incomplete`: the hour is final and not ready. `run`: so many hours in a row are ready. `day`: every hour of a calendar day is, of all its types; `day-amended`: that day is materially different now. Delivered at least once, with a `webhook-id` that stays the same.",
  request: jsonBody(requestSchema),
  responses: {
    201: json(newSubscriptionSchema, "The webhook with its secret, which is never shown again."),
    ...problems(400, 404, 415),
  },
});

const readRoute = route.get("/subscriptions/{id}", needs("read"), {
  operationId: "readSubscription",
  summary: "Read a webhook",
  request: { params },
  responses: { 200: json(subscriptionSchema, "The webhook, without its secret."), ...problems(404) },
});

const deleteRoute = route.delete("/subscriptions/{id}", needs("write"), {
  operationId: "removeSubscription",
  summary: "Delete a webhook",
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The webhook is deleted." }, ...problems(404, 412) },
});

const rotateRoute = route.post("/subscriptions/{id}/rotate-secret", needs("write"), {
  operationId: "rotateSubscriptionSecret",
  summary: "Rotate a webhook's secret",
  description: "For 24 hours messages are signed with the old one too.",
  request: { params },
  responses: { 200: json(newSubscriptionSchema, "The webhook with its new secret."), ...problems(404) },
});

const messagesRoute = route.get("/subscriptions/{id}/messages", needs("read"), {
  operationId: "listSubscriptionMessages",
  summary: "List a webhook's messages, newest first",
  request: { params, query: pageQuery.extend({ state: z.enum(subscriptionMessageStates).optional() }) },
  responses: {
    200: json(listOf(subscriptionMessageSchema), "The messages with their status."),
    ...problems(400, 404),
  },
});

const replayRoute = route.post("/subscriptions/{id}/messages/{messageId}/replay", needs("respond"), {
  operationId: "replaySubscriptionMessage",
  summary: "Resend a message, or retry it now",
  description:
    "Sent under the same `webhook-id`: a receiver that already has it drops it. Attempts are counted from zero again.",
  request: {
    params: params.extend({ messageId: z.string().meta({ example: "sub_5f0c9b1e7a3d42668d10c2b4_2026-11-22T13_1" }) }),
  },
  responses: { 202: { description: "Queued. List the messages for its status." }, ...problems(404) },
});

export function subscriptionRoutes({ checkDestination }: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { limit, cursor, eventType, consumer } = c.req.valid("query");
    const input = { eventType, consumer, limit, after: readCursor(cursor, z.string()) };
    return c.json(toListBody(await listSubscriptions({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(createSubscriptionRoute, async (c) => {
    const { runHours = null, dayZone, dayEventTypes, ...rest } = c.req.valid("json");
    const day = dayZone ? { zone: dayZone, eventTypes: dayEventTypes ?? [] } : null;
    const input = { ...rest, runHours, day, checkDestination };
    const made = await createSubscription({ ctx: c.var.ctx, input });
    return c.json(made, 201);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readSubscription({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await removeSubscription({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  routes.openapi(rotateRoute, async (c) => {
    c.header("cache-control", "no-store");
    return c.json(await rotateSecret({ ctx: c.var.ctx, input: c.req.valid("param") }), 200);
  });
  routes.openapi(messagesRoute, async (c) => {
    const { limit, cursor, state } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ queuedAt: z.iso.datetime(), id: z.string() }));
    const input = { id: c.req.valid("param").id, state, limit, after };
    return c.json(toListBody(await listMessages({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(replayRoute, async (c) => {
    await replayMessage({ ctx: c.var.ctx, input: c.req.valid("param") });
    return c.body(null, 202);
  });
  return routes;
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

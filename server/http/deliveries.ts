import { z } from "@hono/zod-openapi";
import {
  deliveryDetailSchema,
  deliveryKinds,
  deliveryProducers,
  deliverySchema,
  deliveryStates,
} from "#domain/api/deliveries.ts";
import { listOf } from "#domain/api/shared.ts";
import { sendDigestNow, testChannel } from "#server/notifications/index.ts";
import { listDeliveries, readDelivery, replayDelivery } from "#server/outbox/index.ts";
import { cutPage, idPattern } from "#server/page.ts";
import { idParams, pageQuery, readIdCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("deliveries");

const listRoute = route.get("/deliveries", needs("read"), {
  operationId: "listDeliveries",
  summary: "List the messages to channels and to consumers' webhooks, the newest first",
  request: {
    query: pageQuery.extend({
      producer: z.enum(deliveryProducers).optional(),
      channel: z.string().optional(),
      subscription: z.string().optional(),
      state: z.enum(deliveryStates).optional(),
      kind: z.enum(deliveryKinds).optional(),
      incident: z.string().regex(idPattern, "incident is an incident's number.").optional(),
    }),
  },
  responses: { 200: json(listOf(deliverySchema), "Deliveries, without their attempts."), ...problems(400) },
});

const readRoute = route.get("/deliveries/{id}", needs("read"), {
  operationId: "readDelivery",
  summary: "Read a delivery with its attempts and content",
  request: { params: idParams },
  responses: { 200: json(deliveryDetailSchema, "The delivery."), ...problems(404) },
});

const replayRoute = route.post("/deliveries/{id}/replay", needs("respond"), {
  operationId: "replayDelivery",
  summary: "Resend a delivery, or retry it now",
  description: "Sent under the same key: a receiver that already has it drops it, or updates what it created.",
  request: { params: idParams },
  responses: { 202: { description: "Queued. Read the delivery for its status." }, ...problems(404, 409) },
});

const testRoute = route.post("/channels/{name}/test", needs("respond"), {
  operationId: "testChannel",
  summary: "Send a test message through a channel",
  description:
    "Sent in the same way as pages. Returns the outcome of the one attempt, or after 20 s that it is still waiting.",
  request: { params: z.object({ name: z.string().meta({ example: "ops-slack" }) }) },
  responses: { 200: json(deliveryDetailSchema, "The test's delivery."), ...problems(404) },
});

const digestRoute = route.post("/channels/{name}/digest", needs("respond"), {
  operationId: "sendDigestNow",
  summary: "Send last month's digest of service levels through a channel now",
  description:
    "With the current figures, marked as requested. The scheduled one is still sent once the month is frozen. Returns the outcome of the one attempt, or after 20 s that it is still waiting. 409 if the channel sends no digest, or the digest would be empty.",
  request: { params: z.object({ name: z.string().meta({ example: "managers" }) }) },
  responses: { 200: json(deliveryDetailSchema, "The digest's delivery."), ...problems(404, 409) },
});

/** The delivery log, channel tests, and requested digests. */
export function deliveryRoutes(): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, producer, channel, subscription, state, kind, incident } = c.req.valid("query");
    const before = readIdCursor(cursor);
    const input = {
      before,
      limit: limit + 1,
      producer,
      channel,
      subscription,
      state,
      kind,
      incidentId: incident === undefined ? undefined : BigInt(incident),
    };
    const page = cutPage(await listDeliveries({ ctx: c.var.ctx, input }), limit, (delivery) => delivery.id);
    return c.json(toListBody(page), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(await readDelivery({ ctx: c.var.ctx, input: { id: c.req.valid("param").id } }), 200),
  );
  routes.openapi(replayRoute, async (c) => {
    await replayDelivery({ ctx: c.var.ctx, input: { id: c.req.valid("param").id } });
    return c.body(null, 202);
  });
  routes.openapi(testRoute, async (c) =>
    c.json(await testChannel({ ctx: c.var.ctx, input: { channel: c.req.valid("param").name } }), 200),
  );
  routes.openapi(digestRoute, async (c) =>
    c.json(await sendDigestNow({ ctx: c.var.ctx, input: { channel: c.req.valid("param").name } }), 200),
  );
  return routes;
}

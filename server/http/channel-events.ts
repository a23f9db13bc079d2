import { z } from "@hono/zod-openapi";
import { takenEventSchema } from "#domain/api/taken-event.ts";
import { pagerdutyEvent, takePagerdutyEvent } from "#server/incidents/index.ts";
import { notifyOfIncidents } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { bodyLimits } from "./limit-body.ts";
import { originOf } from "./origin.ts";
import { authenticatedBy, json, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const eventRoute = tagged("incidents").post("/channels/{name}/events", authenticatedBy("pagerduty"), {
  operationId: "takeChannelEvent",
  summary: "Receive acknowledgements from PagerDuty",
  description:
    "For a webhook subscription of version 3 to `incident.acknowledged`. `X-PagerDuty-Signature` is checked against the channel's `webhookSecret`. Repeated events and events without effect are answered 200 too.",
  request: {
    params: z.object({ name: z.string().meta({ description: "The channel.", example: "on-call-pager" }) }),
    body: { required: true, content: { "application/json": { schema: reference(pagerdutyEvent) } } },
  },
  responses: { 200: json(takenEventSchema, "The effect of the event."), ...problems(400, 404, 413) },
});

/** Webhooks about pages that Tidemark sent. They have no token: they are signed. */
export function channelEventRoutes({ database, clock, readSecret }: ApiDeps): ApiRouter {
  const routes = createRouter(bodyLimits.signed);
  routes.openapi(eventRoute, async (c) => {
    const input = {
      channel: c.req.valid("param").name,
      body: new Uint8Array(await c.req.arrayBuffer()),
      signature: c.req.header("x-pagerduty-signature") ?? null,
    };
    const deps = { database, clock, readSecret, listener: notifyOfIncidents, from: originOf(c, "pagerduty") };
    return c.json(await takePagerdutyEvent(deps, input), 200);
  });
  return routes;
}

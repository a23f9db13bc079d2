import { z } from "@hono/zod-openapi";
import { acceptedLineageSchema, discoveredConsumerSchema, lineageEventSchema } from "#domain/api/lineage.ts";
import { listOf } from "#domain/api/shared.ts";
import { discoverConsumers, dismissConsumer, listDiscoveredConsumers } from "#server/consumers/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("consumers");

const eventRoute = route.post("/lineage", needs("ingest"), {
  operationId: "sendLineageEvent",
  summary: "Send an OpenLineage event",
  description: `The job is noted as a possible consumer of each claimed event type whose dataset it reads: a type's dataset is its name in the namespace \`OPENLINEAGE_NAMESPACE\`, or what its labels \`openlineage-namespace\` and \`openlineage-name\` say.
Such jobs are listed by \`GET /discovered-consumers\` until someone registers them, or 30 days after they were last seen.`,
  request: jsonBody(lineageEventSchema),
  responses: {
    202: json(acceptedLineageSchema, "How many event types' datasets the job reads."),
    ...problems(400, 413, 415),
  },
});

const listRoute = route.get("/discovered-consumers", needs("read"), {
  operationId: "listDiscoveredConsumers",
  summary: "List jobs that read event types and are not registered as consumers",
  description:
    "Confirm one by registering it: `PUT /event-types/{name}/consumers/{consumer}` with a contact; or dismiss it.",
  request: {
    query: pageQuery.extend({
      dismissed: z
        .enum(["true", "false"])
        .default("false")
        .meta({ description: "`true`: those that were dismissed; left out: those that were not." }),
    }),
  },
  responses: { 200: json(listOf(discoveredConsumerSchema), "By event type and name."), ...problems(400) },
});

const params = z.object({
  name: z.string().meta({ description: "The event type." }),
  consumer: z.string().meta({ description: "The job's name as a consumer's.", example: "royalties.daily" }),
});

const dismissRoute = route.post("/event-types/{name}/discovered-consumers/{consumer}/dismiss", needs("write"), {
  operationId: "dismissDiscoveredConsumer",
  summary: "Dismiss a discovered job that is not a consumer",
  description: "It is not suggested again, even if later events name it.",
  request: { params },
  responses: { 200: json(discoveredConsumerSchema, "The job."), ...problems(404) },
});

const restoreRoute = route.post("/event-types/{name}/discovered-consumers/{consumer}/restore", needs("write"), {
  operationId: "restoreDiscoveredConsumer",
  summary: "Undo a dismissal: the job is suggested again",
  request: { params },
  responses: { 200: json(discoveredConsumerSchema, "The job."), ...problems(404) },
});

export function lineageRoutes({ lineageNamespace: namespace = "tidemark" }: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(eventRoute, async (c) => {
    const { job, inputs = [] } = c.req.valid("json");
    const eventTypes = await discoverConsumers({ ctx: c.var.ctx, input: { job, inputs, namespace } });
    return c.json({ eventTypes }, 202);
  });
  routes.openapi(listRoute, async (c) => {
    const { limit, cursor, dismissed } = c.req.valid("query");
    const isDismissed = dismissed === "true";
    const input = {
      limit,
      dismissed: isDismissed,
      after: readCursor(cursor, z.object({ eventType: z.string(), name: z.string() })),
    };
    return c.json(toListBody(await listDiscoveredConsumers({ ctx: c.var.ctx, input })), 200);
  });
  for (const [disposal, isDismissed] of [
    [dismissRoute, true],
    [restoreRoute, false],
  ] as const) {
    routes.openapi(disposal, async (c) => {
      const { name: eventType, consumer } = c.req.valid("param");
      return c.json(await dismissConsumer({ ctx: c.var.ctx, input: { eventType, consumer, isDismissed } }), 200);
    });
  }
  return routes;
}

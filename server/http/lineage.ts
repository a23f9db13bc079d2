import { createRoute, z } from "@hono/zod-openapi";
import { discoveredConsumerSchema, lineageEventSchema } from "#domain/api/lineage.ts";
import { listOf } from "#domain/api/shared.ts";
import { discoverConsumers, listDiscoveredConsumers } from "#server/consumers/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const eventRoute = createRoute({
  method: "post",
  path: "/lineage",
  operationId: "sendLineageEvent",
  summary: "Send an OpenLineage event",
  description: `The job is noted as a possible consumer of each claimed event type whose dataset it reads: a type's dataset is its name in the namespace \`OPENLINEAGE_NAMESPACE\`, or what its labels \`openlineage-namespace\` and \`openlineage-name\` say.
Such jobs are listed by \`GET /discovered-consumers\` until someone registers them, or 30 days after they were last seen.`,
  tags: ["consumers"],
  ...needs("ingest"),
  request: jsonBody(lineageEventSchema),
  responses: {
    202: json(
      z.object({ eventTypes: z.number().int() }).meta({ id: "AcceptedLineage" }),
      "The job reads the datasets of so many event types.",
    ),
    ...problems(400, 413, 415),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/discovered-consumers",
  operationId: "listDiscoveredConsumers",
  summary: "List jobs that read event types and are not registered as consumers",
  description: "Confirm one by registering it: `PUT /event-types/{name}/consumers/{consumer}` with a contact.",
  tags: ["consumers"],
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(discoveredConsumerSchema), "By event type and name."), ...problems(400) },
});

export function lineageRoutes({ lineageNamespace: namespace = "tidemark" }: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(eventRoute, async (c) => {
    const { job, inputs = [] } = c.req.valid("json");
    const eventTypes = await discoverConsumers({ ctx: c.var.ctx, input: { job, inputs, namespace } });
    return c.json({ eventTypes }, 202);
  });
  routes.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const input = { limit, after: readCursor(cursor, z.object({ eventType: z.string(), name: z.string() })) };
    return c.json(toListBody(await listDiscoveredConsumers({ ctx: c.var.ctx, input })), 200);
  });
  return routes;
}

import { z } from "@hono/zod-openapi";
import { eventTypeSchema } from "#domain/api/catalogue.ts";
import { typeLagSchema } from "#domain/api/lateness.ts";
import { listOf } from "#domain/api/shared.ts";
import { catalogueStatuses } from "#domain/catalogue/status.ts";
import { eventTypeSpec } from "#domain/catalogue.ts";
import { listEventTypes, readEventType } from "#server/catalogue/index.ts";
import { readTypeLag } from "#server/explain/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { lagQuery, readLagRange } from "./lag-query.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

const params = z.object({ name: z.string().meta({ example: "EndSong" }) });
const filters = z.object({
  status: z
    .enum(catalogueStatuses)
    .optional()
    .meta({ description: "Discovered types have no owner yet; retired ones have passed their activeTo." }),
  tier: z.string().optional(),
  owner: z.string().optional(),
});

const listRoute = tagged("catalogue").get("/event-types", needs("read"), {
  operationId: "listEventTypes",
  summary: "List event types by name",
  request: { query: pageQuery.extend(filters.shape) },
  responses: { 200: json(listOf(eventTypeSchema), "Event types with how far each is complete."), ...problems(400) },
});

const lagRoute = tagged("hours").get("/event-types/{name}/lag", needs("read"), {
  operationId: "readTypeLag",
  summary: "How far an event type was behind at each datacenter in a range of the last 48 hours",
  request: { params, query: lagQuery },
  responses: { 200: json(typeLagSchema, "Its lags over time."), ...problems(400, 404) },
});

export function eventTypeRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const input = { ...query, after: readCursor(cursor, z.string()) };
    return c.json(toListBody(await listEventTypes({ ctx: c.var.ctx, input })), 200);
  });
  addSpecRoutes(routes, deps, {
    kind: "EventType",
    tag: "catalogue",
    path: "/event-types",
    name: params.shape.name,
    item: eventTypeSchema,
    spec: eventTypeSpec,
    read: { summary: "Read an event type", answer: "The event type.", run: readEventType },
    put: {
      summary: "Claim or change an event type",
      description: "The body is the whole spec: what it leaves out goes back to its default.",
      example: { owner: "payments", tier: "high", deadline: "90m" },
    },
  });
  routes.openapi(lagRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...readLagRange(c.req.valid("query")) };
    return c.json(await readTypeLag({ ctx: c.var.ctx, input }), 200);
  });
  return routes;
}

import { createRoute, z } from "@hono/zod-openapi";
import { eventTypeSchema } from "#domain/api/catalogue.ts";
import { typeLagSchema } from "#domain/api/lateness.ts";
import { listOf } from "#domain/api/shared.ts";
import { catalogueStatuses } from "#domain/catalogue/status.ts";
import { eventTypeSpec } from "#domain/catalogue.ts";
import { listEventTypes, readEventType } from "#server/catalogue/index.ts";
import { readTypeLag } from "#server/explain/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { lagQuery, readLagRange } from "./lag-query.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const params = z.object({ name: z.string().meta({ example: "EndSong" }) });
const filters = z.object({
  status: z
    .enum(catalogueStatuses)
    .optional()
    .meta({ description: "Discovered types have no owner yet; retired ones have passed their activeTo." }),
  tier: z.string().optional(),
  owner: z.string().optional(),
});

const listRoute = createRoute({
  method: "get",
  path: "/event-types",
  operationId: "listEventTypes",
  summary: "List event types by name",
  tags: ["catalogue"],
  ...needs("read"),
  request: { query: pageQuery.extend(filters.shape) },
  responses: { 200: json(listOf(eventTypeSchema), "Event types with how far each is complete."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/event-types/{name}",
  operationId: "readEventType",
  summary: "Read an event type",
  tags: ["catalogue"],
  ...needs("read"),
  request: { params },
  responses: { 200: json(eventTypeSchema, "The event type."), ...problems(404) },
});

const lagRoute = createRoute({
  method: "get",
  path: "/event-types/{name}/lag",
  operationId: "readTypeLag",
  summary: "How far an event type was behind at each datacenter in a range of the last 48 hours",
  tags: ["hours"],
  ...needs("read"),
  request: { params, query: lagQuery },
  responses: { 200: json(typeLagSchema, "Its lags over time."), ...problems(400, 404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/event-types/{name}",
  operationId: "putEventType",
  summary: "Claim or change an event type",
  description: "The body is the whole spec: what it leaves out goes back to its default.",
  tags: ["catalogue"],
  ...needs("write"),
  request: { params, ...specRequest(eventTypeSpec, { owner: "payments", tier: "high", deadline: "90m" }) },
  responses: specResponses,
});

export function eventTypeRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const input = { ...query, after: readCursor(cursor, z.string()) };
    return c.json(toListBody(await listEventTypes({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readEventType({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(lagRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...readLagRange(c.req.valid("query")) };
    return c.json(await readTypeLag({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "EventType", name: c.req.valid("param").name }), 200),
  );
  return routes;
}

import { createRoute, z } from "@hono/zod-openapi";
import { datacenterSchema } from "#domain/api/catalogue.ts";
import { lagHistorySchema, lanesSchema, latenessSchema } from "#domain/api/lateness.ts";
import { listOf } from "#domain/api/shared.ts";
import { datacenterSpec } from "#domain/catalogue.ts";
import { listDatacenters, readDatacenter } from "#server/catalogue/index.ts";
import { readLagHistory, readLanes, readLateness } from "#server/explain/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { lagQuery, readLagRange } from "./lag-query.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const params = z.object({ name: z.string().meta({ example: "ams" }) });

const listRoute = createRoute({
  method: "get",
  path: "/datacenters",
  operationId: "listDatacenters",
  summary: "List datacenters by name",
  tags: ["catalogue"],
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(datacenterSchema), "Datacenters with what runs there."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/datacenters/{name}",
  operationId: "readDatacenter",
  summary: "Read a datacenter",
  tags: ["catalogue"],
  ...needs("read"),
  request: { params },
  responses: { 200: json(datacenterSchema, "The datacenter."), ...problems(404) },
});

const latenessRoute = createRoute({
  method: "get",
  path: "/lateness",
  operationId: "readLateness",
  summary: "Which datacenter closes hours last, and which held up those that were late, over the last day and week",
  tags: ["hours"],
  ...needs("read"),
  responses: { 200: json(latenessSchema, "Counts by datacenter."), ...problems() },
});

const lanesRoute = createRoute({
  method: "get",
  path: "/datacenters/{name}/lanes",
  operationId: "readLanes",
  summary: "How every type stands at a datacenter: lag, open hours, backlog; the furthest behind first",
  tags: ["hours"],
  ...needs("read"),
  request: { params },
  responses: { 200: json(lanesSchema, "The types that are expected there."), ...problems(404) },
});

const lagRoute = createRoute({
  method: "get",
  path: "/datacenters/{name}/lag",
  operationId: "readLagHistory",
  summary: "How far a datacenter was behind in a range of the last 48 hours",
  tags: ["hours"],
  ...needs("read"),
  request: { params, query: lagQuery },
  responses: { 200: json(lagHistorySchema, "Its lag over time."), ...problems(400, 404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/datacenters/{name}",
  operationId: "putDatacenter",
  summary: "Claim or change a datacenter",
  description: "The body is the whole spec: what it leaves out goes back to its default.",
  tags: ["catalogue"],
  ...needs("write"),
  request: { params, ...specRequest(datacenterSpec, { displayName: "Amsterdam" }) },
  responses: specResponses,
});

export function datacenterRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listDatacenters({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readDatacenter({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(latenessRoute, async (c) => c.json(await readLateness({ ctx: c.var.ctx }), 200));
  routes.openapi(lanesRoute, async (c) =>
    c.json(await readLanes({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(lagRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...readLagRange(c.req.valid("query")) };
    return c.json(await readLagHistory({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "Datacenter", name: c.req.valid("param").name }), 200),
  );
  return routes;
}

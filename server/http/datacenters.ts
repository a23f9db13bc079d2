import { z } from "@hono/zod-openapi";
import { datacenterSchema } from "#domain/api/catalogue.ts";
import { lagHistorySchema, lanesSchema, latenessSchema } from "#domain/api/lateness.ts";
import { datacenterSpec } from "#domain/catalogue.ts";
import { listDatacenters, readDatacenter } from "#server/catalogue/index.ts";
import { readLagHistory, readLanes, readLateness } from "#server/explain/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { lagQuery, readLagRange } from "./lag-query.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

const route = tagged("hours");

const params = z.object({ name: z.string().meta({ example: "ams" }) });

const latenessRoute = route.get("/lateness", needs("read"), {
  operationId: "readLateness",
  summary: "Which datacenter closes hours last, and which held up those that were late, over the last day and week",
  responses: { 200: json(latenessSchema, "Counts by datacenter."), ...problems() },
});

const lanesRoute = route.get("/datacenters/{name}/lanes", needs("read"), {
  operationId: "readLanes",
  summary: "How every type stands at a datacenter: lag, open hours, backlog; the furthest behind first",
  request: { params },
  responses: { 200: json(lanesSchema, "The types that are expected there."), ...problems(404) },
});

const lagRoute = route.get("/datacenters/{name}/lag", needs("read"), {
  operationId: "readLagHistory",
  summary: "How far a datacenter was behind in a range of the last 48 hours",
  request: { params, query: lagQuery },
  responses: { 200: json(lagHistorySchema, "Its lag over time."), ...problems(400, 404) },
});

export function datacenterRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  addSpecRoutes(routes, deps, {
    kind: "Datacenter",
    tag: "catalogue",
    path: "/datacenters",
    name: params.shape.name,
    item: datacenterSchema,
    spec: datacenterSpec,
    list: { summary: "List datacenters by name", answer: "Datacenters with what runs there.", run: listDatacenters },
    read: { summary: "Read a datacenter", answer: "The datacenter.", run: readDatacenter },
    put: {
      summary: "Claim or change a datacenter",
      description: "The body is the whole spec: what it leaves out goes back to its default.",
      example: { displayName: "Amsterdam" },
    },
  });
  routes.openapi(latenessRoute, async (c) => c.json(await readLateness({ ctx: c.var.ctx }), 200));
  routes.openapi(lanesRoute, async (c) =>
    c.json(await readLanes({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(lagRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...readLagRange(c.req.valid("query")) };
    return c.json(await readLagHistory({ ctx: c.var.ctx, input }), 200);
  });
  return routes;
}

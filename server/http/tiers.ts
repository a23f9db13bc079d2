import { createRoute, z } from "@hono/zod-openapi";
import { tierSchema } from "#domain/api/catalogue.ts";
import { listOf } from "#domain/api/shared.ts";
import { tierSpec } from "#domain/catalogue.ts";
import { listTiers, readTier } from "#server/catalogue/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const params = z.object({ name: z.string().meta({ example: "high" }) });

const listRoute = createRoute({
  method: "get",
  path: "/tiers",
  operationId: "listTiers",
  summary: "List tiers by name",
  tags: ["catalogue"],
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(tierSchema), "The tiers."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/tiers/{name}",
  operationId: "readTier",
  summary: "Read a tier",
  tags: ["catalogue"],
  ...needs("read"),
  request: { params },
  responses: { 200: json(tierSchema, "The tier."), ...problems(404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/tiers/{name}",
  operationId: "putTier",
  summary: "Create or change a tier",
  description:
    "The body is the whole spec: what it leaves out goes back to its default. A deadline applies to every event type of the tier that has none of its own.",
  tags: ["catalogue"],
  ...needs("write"),
  request: { params, ...specRequest(tierSpec, { deadline: "2h", objectives: { timeliness: 0.99 } }) },
  responses: specResponses,
});

export function tierRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listTiers({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readTier({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "Tier", name: c.req.valid("param").name }), 200),
  );
  return routes;
}

import { z } from "@hono/zod-openapi";
import { routesTestSchema, routingTreeSchema } from "#domain/api/routing.ts";
import { routingTreeName } from "#domain/catalogue.ts";
import { maxName } from "#domain/protocol.ts";
import { routingTreeSpec } from "#domain/routing.ts";
import { readRoutingTree, testRoutes } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, jsonBody, needs, problems, uncheckedSpec } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("routing");

const readRoute = route.get("/routing-tree", needs("read"), {
  operationId: "readRoutingTree",
  summary: "Read the routing tree",
  description: "The only tree: as it was applied, or the default that comes with Tidemark.",
  responses: { 200: json(routingTreeSchema, "The tree."), ...problems() },
});

const putRoute = route.put("/routing-tree", needs("write"), {
  operationId: "putRoutingTree",
  summary: "Replace the routing tree",
  description:
    "The body is the whole spec, with Alertmanager's fields in camelCase. Channels that it names must exist. Firing alerts are routed again at once.",
  request: {
    ...specRequest(routingTreeSpec, {
      route: { receiver: "on-call", groupBy: ["cause"], repeatInterval: "4h" },
      receivers: [{ name: "on-call", channels: [] }],
    }),
  },
  responses: specResponses,
});

const maxLabels = 64;
const labelsSchema = z
  .record(
    z.string(),
    z.string().max(4_096, "A label's value has at most 4,096 characters."),
    "Send the labels as a map of strings.",
  )
  .refine((labels) => Object.keys(labels).length <= maxLabels, `An alert has at most ${maxLabels} labels.`)
  .refine(
    (labels) => Object.keys(labels).every((name) => name !== "" && name.length <= maxName),
    `A label's name has 1 to ${maxName} characters.`,
  )
  .meta({ maxProperties: maxLabels, propertyNames: { minLength: 1, maxLength: maxName } });

const testRequestSchema = z
  .strictObject({
    labels: labelsSchema,
    tree: uncheckedSpec(routingTreeSpec)
      .optional()
      .meta({ description: "A draft's spec, in place of the stored tree." }),
  })
  .meta({ id: "RoutesTestRequest", example: { labels: { severity: "page", datacenter: "ams" } } });

const testRoute = route.post("/routes/test", needs("read"), {
  operationId: "testRoutes",
  summary: "Where an alert with these labels would go",
  description:
    "In the stored tree, or in a draft of it, which requires the scope `respond` and may take at most five seconds.",
  request: jsonBody(testRequestSchema),
  responses: { 200: json(routesTestSchema, "The routes, in the tree's order."), ...problems(400, 415) },
});

export function routingRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(readRoute, async (c) => c.json(tagWithSpec(c, await readRoutingTree({ ctx: c.var.ctx })), 200));
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "RoutingTree", name: routingTreeName }), 200),
  );
  routes.openapi(testRoute, async (c) => c.json(await testRoutes({ ctx: c.var.ctx, input: c.req.valid("json") }), 200));
  return routes;
}

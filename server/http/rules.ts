import { createRoute, z } from "@hono/zod-openapi";
import { alertRuleSpec } from "#domain/alert-rule.ts";
import { ruleSchema, ruleStandingSchema } from "#domain/api/alerts.ts";
import { listOf } from "#domain/api/shared.ts";
import { isLine, maxLine } from "#domain/protocol/values.ts";
import { deleteRule, listRules, readRule } from "#server/alerts/index.ts";
import { readRuleStanding } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const params = z.object({
  name: z
    .string()
    .refine(isLine, `A rule's name has 1 to ${maxLine} characters, and no control characters.`)
    .meta({ example: "datacenter-silent" }),
});

const listRoute = createRoute({
  method: "get",
  path: "/rules",
  operationId: "listRules",
  summary: "List alert rules by name",
  description: "Default and custom rules, each with its number of alerts by state.",
  tags: ["alerts"],
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(ruleSchema), "Rules."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/rules/{name}",
  operationId: "readRule",
  summary: "Read an alert rule",
  tags: ["alerts"],
  ...needs("read"),
  request: { params },
  responses: { 200: json(ruleSchema, "The rule."), ...problems(404) },
});

const standingRoute = createRoute({
  method: "get",
  path: "/rules/{name}/standing",
  operationId: "readRuleStanding",
  summary: "Read what an alert rule evaluates now",
  description: "What it evaluates, what it does not and why, and whether its alerts are notified.",
  tags: ["alerts"],
  ...needs("read"),
  request: { params },
  responses: { 200: json(ruleStandingSchema, "The rule's standing."), ...problems(404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/rules/{name}",
  operationId: "putRule",
  summary: "Write an alert rule",
  description:
    "The body is the whole spec, as the catalogue's files have it. A rule with a default's name replaces it. Tiers, event types and datacenters that it names must exist.",
  tags: ["alerts"],
  ...needs("write"),
  request: {
    params,
    ...specRequest(alertRuleSpec, { metric: "datacenter_silence", threshold: "10m", severity: "page" }),
  },
  responses: specResponses,
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/rules/{name}",
  operationId: "deleteRule",
  summary: "Delete a custom alert rule",
  description:
    "Its alerts become normal, and a default of the same name applies again. To turn a default off, write it with `enabled: false`.",
  tags: ["alerts"],
  ...needs("write"),
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "Removed." }, ...problems(404, 409, 412) },
});

export function ruleRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listRules({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readRule({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(standingRoute, async (c) =>
    c.json(await readRuleStanding({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "AlertRule", name: c.req.valid("param").name }), 200),
  );
  routes.openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await deleteRule({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}

import { z } from "@hono/zod-openapi";
import { alertRuleSpec } from "#domain/alert-rule.ts";
import { ruleSchema, ruleStandingSchema } from "#domain/api/alerts.ts";
import { isLine, maxLine } from "#domain/protocol/values.ts";
import { deleteRule, listRules, readRule } from "#server/alerts/index.ts";
import { readRuleStanding } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

const params = z.object({
  name: z
    .string()
    .refine(isLine, `A rule's name has 1 to ${maxLine} characters, and no control characters.`)
    .meta({ example: "datacenter-silent" }),
});

const standingRoute = tagged("alerts").get("/rules/{name}/standing", needs("read"), {
  operationId: "readRuleStanding",
  summary: "Read what an alert rule evaluates now",
  description: "What it evaluates, what it does not and why, and whether its alerts are notified.",
  request: { params },
  responses: { 200: json(ruleStandingSchema, "The rule's standing."), ...problems(404) },
});

export function ruleRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  addSpecRoutes(routes, deps, {
    kind: "AlertRule",
    noun: "Rule",
    tag: "alerts",
    path: "/rules",
    name: params.shape.name,
    item: ruleSchema,
    spec: alertRuleSpec,
    list: {
      summary: "List alert rules by name",
      description: "Default and custom rules, each with its number of alerts by state.",
      answer: "Rules.",
      run: listRules,
    },
    read: { summary: "Read an alert rule", answer: "The rule.", run: readRule },
    put: {
      summary: "Write an alert rule",
      description:
        "The body is the whole spec, as the catalogue's files have it. A rule with a default's name replaces it. Tiers, event types and datacenters that it names must exist.",
      example: { metric: "datacenter_silence", threshold: "10m", severity: "page" },
    },
    delete: {
      summary: "Delete a custom alert rule",
      description:
        "Its alerts become normal, and a default of the same name applies again. To turn a default off, write it with `enabled: false`.",
      answer: "Removed.",
      refusals: [404, 409, 412],
      run: deleteRule,
    },
  });
  routes.openapi(standingRoute, async (c) =>
    c.json(await readRuleStanding({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  return routes;
}

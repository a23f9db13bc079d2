import { z } from "@hono/zod-openapi";
import { alertRuleSpec } from "#domain/alert-rule.ts";
import { backtestSchema } from "#domain/api/backtest.ts";
import { type Hour, parseHour } from "#domain/hour.ts";
import { isLine, maxLine } from "#domain/protocol/values.ts";
import { backtestDraft, backtestRule } from "#server/backtest/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { readPast } from "./read-past.ts";
import { json, jsonBody, needs, problems, uncheckedSpec } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("alerts");

const hourSentence = "Name an hour like 2026-11-22T13.";
const hour = (description: string) =>
  z
    .string()
    .refine((text) => parseHour(text) !== null, hourSentence)
    .optional()
    .meta({ description, example: "2026-11-22T13" });
const range = {
  from: hour("The first hour. 30 days before `to`, if left out; at most 93."),
  to: hour("Excluded. The current hour, if left out."),
};

const description =
  "When the rule would have fired, how many pages a week, which breaches it would have caught and how long before their deadlines, and the same for other thresholds. Nothing is stored, and no notification is sent.";

const ruleRoute = route.post("/rules/{name}/backtest", needs("respond"), {
  operationId: "backtestRule",
  summary: "Run an alert rule over history",
  description,
  request: {
    params: z.object({
      name: z
        .string()
        .refine(isLine, `A rule's name has 1 to ${maxLine} characters, and no control characters.`)
        .meta({ example: "deadline-near" }),
    }),
    query: z.object(range),
  },
  responses: { 200: json(backtestSchema, "What it would have done."), ...problems(400, 404) },
});

const draftSchema = z
  .strictObject({
    spec: uncheckedSpec(alertRuleSpec).meta({ description: "As the body of `PUT /rules/{name}`." }),
    ...range,
  })
  .meta({
    id: "BacktestRequest",
    example: { spec: { metric: "closing_delay", threshold: "80%", severity: "page" } },
  });

const draftRoute = route.post("/backtests", needs("respond"), {
  operationId: "backtestDraft",
  summary: "Run a draft of an alert rule over history",
  description,
  request: jsonBody(draftSchema),
  responses: { 200: json(backtestSchema, "What it would have done."), ...problems(400, 415) },
});

export function backtestRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(ruleRoute, async (c) => {
    const { from, to } = c.req.valid("query");
    const input = { name: c.req.valid("param").name, from: hourOrNull(from), to: hourOrNull(to) };
    return c.json(await readPast(deps, c.var.ctx, (ctx) => backtestRule({ ctx, input })), 200);
  });
  routes.openapi(draftRoute, async (c) => {
    const { spec, from, to } = c.req.valid("json");
    const input = { spec, from: hourOrNull(from), to: hourOrNull(to) };
    return c.json(await readPast(deps, c.var.ctx, (ctx) => backtestDraft({ ctx, input })), 200);
  });
  return routes;
}

function hourOrNull(text: string | undefined): Hour | null {
  return text === undefined ? null : parseHour(text);
}

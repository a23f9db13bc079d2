import { z } from "@hono/zod-openapi";
import { alertStates } from "#domain/alert.ts";
import { severities } from "#domain/alert-rule.ts";
import { listedAlertSchema } from "#domain/api/alerts.ts";
import { instant, listOf } from "#domain/api/shared.ts";
import { listAlertsNow } from "#server/notifications/index.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { severalOf } from "./query-values.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const filters = z.object({
  state: severalOf(alertStates).meta({
    description: "One state or several, separated by commas. All but `normal`, if left out.",
  }),
  severity: z.enum(severities).optional(),
  eventType: z.string().optional(),
  datacenter: z.string().optional().meta({ description: "Alerts that name it: its own, and types' there." }),
  rule: z.string().optional(),
});
const cursorSchema = z.object({ changedAt: instant, fingerprint: z.string() });

const listRoute = tagged("alerts").get("/alerts", needs("read"), {
  operationId: "listAlerts",
  summary: "List alerts, the last changed first",
  description: "An alert is one rule about one subject: an event type, a datacenter, both, or Tidemark itself.",
  request: { query: pageQuery.extend(filters.shape) },
  responses: { 200: json(listOf(listedAlertSchema), "Alerts."), ...problems(400) },
});

export function alertRoutes(): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, state, ...query } = c.req.valid("query");
    const input = { ...query, states: state, after: readCursor(cursor, cursorSchema) };
    return c.json(toListBody(await listAlertsNow({ ctx: c.var.ctx, input })), 200);
  });
  return routes;
}

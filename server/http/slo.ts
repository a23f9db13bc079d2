import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import { listOf } from "#domain/api/shared.ts";
import { sloAttainmentSchema, sloCalendarSchema, sloMonthsSchema, sloRestatementSchema } from "#domain/api/slo.ts";
import { listRestatements, readAttainment, readCalendar, readMonths, toAttainmentCsv } from "#server/slo/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { idKey, pageQuery, readCursor, toListBody } from "./paging.ts";
import { flag } from "./query-values.ts";
import { readPast } from "./read-past.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { sloDigestRoutes } from "./slo-digest.ts";
import { sloExcuseRoutes } from "./slo-excuses.ts";
import { openSloRoutes } from "./slo-openslo.ts";
import { sloSnapshotRoutes } from "./slo-snapshots.ts";

const route = tagged("service levels");

const month = z.string().optional().meta({ description: "Default: the current one.", example: "2026-10" });
const filter = z.object({
  tier: z.string().optional().meta({ description: "Only its types.", example: "high" }),
  owner: z.string().optional().meta({ description: "Only its types.", example: "payments" }),
  eventType: z.string().optional().meta({ description: "This type alone.", example: "EndSong" }),
});
const periodQuery = filter.extend({
  month,
  window: z.string().optional().meta({ description: "`28d`: the last 28 days, today included, instead of a month." }),
});

const attainmentRoute = route.get("/slo/attainment", needs("read"), {
  operationId: "readAttainment",
  summary: "What tiers and types attained, and what is left of their error budgets",
  description:
    "Hours count once their deadline has passed; excused ones never count. A month is frozen on the 3rd of the next one: later changes are restated, and `asFrozen` keeps the frozen figures. `Accept: text/csv`, or `format=csv`, answers all items as CSV.",
  request: {
    query: periodQuery.extend({
      limit: pageQuery.shape.limit.default(500),
      cursor: pageQuery.shape.cursor,
      format: z.enum(["json", "csv"]).optional().meta({ description: "Goes before the Accept header." }),
      bom: flag("`true`: CSV begins with a byte order mark, for spreadsheets that would otherwise read it as Latin-1."),
    }),
  },
  responses: {
    200: {
      description: "Tiers and types.",
      content: {
        "application/json": { schema: sloAttainmentSchema },
        "text/csv": { schema: { type: "string" as const, description: "One line for each tier and type." } },
      },
    },
    ...problems(400, 404),
  },
});

const monthsRoute = route.get("/slo/months", needs("read"), {
  operationId: "readSloMonths",
  summary: "13 months of service levels, the oldest first",
  request: {
    query: filter.extend({ month: month.meta({ description: "The last of them. Default: the current one." }) }),
  },
  responses: { 200: json(sloMonthsSchema, "The months."), ...problems(400, 404) },
});

const calendarRoute = route.get("/slo/calendar", needs("read"), {
  operationId: "readSloCalendar",
  summary: "A month day by day, with the error budget as it burns down",
  request: { query: periodQuery },
  responses: { 200: json(sloCalendarSchema, "The days."), ...problems(400, 404) },
});

const restatementsRoute = route.get("/slo/restatements", needs("read"), {
  operationId: "listSloRestatements",
  summary: "Changes to frozen months, with who made them and why; the newest first",
  request: { query: filter.extend(pageQuery.shape).extend({ month: month.meta({ description: "Default: all." }) }) },
  responses: { 200: json(listOf(sloRestatementSchema), "The restatements."), ...problems(400) },
});

export function sloRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(attainmentRoute, async (c) => {
    const { limit, cursor, format, bom, ...input } = c.req.valid("query");
    const start = readCursor(cursor, z.object({ offset: z.int().min(0) }))?.offset ?? 0;
    const attainment = await readPast(deps, c.var.ctx, (ctx) => readAttainment({ ctx, input }));
    c.header("vary", "Accept");
    if (
      format === "csv" ||
      (format === undefined &&
        accepts(c, { header: "Accept", supports: ["application/json", "text/csv"], default: "application/json" }) ===
          "text/csv")
    ) {
      const name = `tidemark-slo-${attainment.period.name}.csv`;
      return c.body(`${bom === "true" ? "\uFEFF" : ""}${toAttainmentCsv(attainment)}`, 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    }
    const end = start + limit;
    const next = end < attainment.items.length ? { offset: end } : null;
    return c.json({ ...attainment, ...toListBody({ items: attainment.items.slice(start, end), next }) }, 200);
  });
  routes.openapi(monthsRoute, async (c) => {
    const input = c.req.valid("query");
    const months = await readPast(deps, c.var.ctx, (ctx) => readMonths({ ctx, input }));
    return c.json({ ...months, nextCursor: null }, 200);
  });
  routes.openapi(calendarRoute, async (c) => {
    const input = c.req.valid("query");
    return c.json(await readPast(deps, c.var.ctx, (ctx) => readCalendar({ ctx, input })), 200);
  });
  routes.openapi(restatementsRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ id: idKey }));
    return c.json(toListBody(await listRestatements({ ctx: c.var.ctx, input: { ...query, after } })), 200);
  });
  routes.route("/", sloDigestRoutes(deps));
  routes.route("/", sloExcuseRoutes(deps));
  routes.route("/", openSloRoutes());
  routes.route("/", sloSnapshotRoutes(deps));
  return routes;
}

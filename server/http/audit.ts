import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import { auditEntrySchema } from "#domain/api/audit.ts";
import { instant, listOf } from "#domain/api/shared.ts";
import { auditActs } from "#domain/audit/acts.ts";
import { listAuditEntries } from "#server/access/index.ts";
import { toEntriesCsv } from "#server/audit/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readIdCursor, toListBody } from "./paging.ts";
import { readRange } from "./query-values.ts";
import { needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const text = z.string().min(1).max(1_000).optional();

const listRoute = tagged("access").get("/audit", needs("admin"), {
  operationId: "listAuditEntries",
  summary: "Read the audit log, the newest entry first",
  description:
    "Who changed what, when, why and from where; also sign-ins, refused sign-ins, and tokens that were used from a new address. `Accept: text/csv`, or `format=csv`, answers the page as CSV, with the next page in `Link`.",
  request: {
    query: pageQuery.extend({
      actor: text.meta({ description: "Exactly this name.", example: "Ada Lind" }),
      act: z.enum(auditActs).optional(),
      kind: text.meta({ description: "Of the object.", example: "channel" }),
      name: text.meta({ description: "Of the object, exactly.", example: "ops-slack" }),
      address: text.meta({ description: "An IPv6 address as its /64.", example: "203.0.113.7" }),
      from: instant.optional().meta({ description: "Included." }),
      to: instant.optional().meta({ description: "Excluded." }),
      format: z.enum(["json", "csv"]).optional().meta({ description: "Goes before the Accept header." }),
    }),
  },
  responses: {
    200: {
      description: "Entries.",
      content: {
        "application/json": { schema: listOf(auditEntrySchema) },
        "text/csv": { schema: { type: "string" as const, description: "One line for each entry." } },
      },
    },
    ...problems(400),
  },
});

export function auditRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, format, ...query } = c.req.valid("query");
    const filter = { ...query, ...readRange(query) };
    const page = await listAuditEntries({ ctx: c.var.ctx, input: { before: readIdCursor(cursor), limit, filter } });
    const body = toListBody(page);
    c.header("vary", "Accept");
    const supports = ["application/json", "text/csv"];
    const asked = format === undefined && accepts(c, { header: "Accept", supports, default: "application/json" });
    if (format !== "csv" && asked !== "text/csv") return c.json(body, 200);
    if (body.nextCursor !== null) {
      const next = new URL(c.req.url);
      next.searchParams.set("cursor", body.nextCursor);
      c.header("link", `<${next.search}>; rel="next"`);
    }
    return c.body(toEntriesCsv(page.items), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="tidemark-audit.csv"',
    });
  });
  return routes;
}

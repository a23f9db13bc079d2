import { createRoute, z } from "@hono/zod-openapi";
import { listOf, name } from "#domain/api/shared.ts";
import { sloExcuseSchema } from "#domain/api/slo.ts";
import { excuseHours, listExcuses, revokeExcuse } from "#server/slo/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const requestSchema = z
  .strictObject({
    eventTypes: z.array(name).max(500).nullish().meta({ description: "These types, or a tier: one of the two." }),
    tier: z.string().nullish().meta({ description: "Every type that is of it now." }),
    from: z.string().meta({ description: "The first hour that does not count." }),
    to: z.string().meta({ description: "The first hour that counts again." }),
    reason: z.string(),
  })
  .meta({
    id: "SloExcuseRequest",
    example: {
      eventTypes: ["EndSong"],
      from: "2026-10-12T08",
      to: "2026-10-12T11",
      reason: "Announced move of the west site, agreed with payments on 2026-10-01.",
    },
  });

/** For incident responders, and for those who write the catalogue. */
const security = [...needs("respond").security, ...needs("write").security];

const listRoute = createRoute({
  method: "get",
  path: "/slo/excuses",
  operationId: "listSloExcuses",
  summary: "List excused hours with author and reason, revoked ones too, newest first",
  tags: ["service levels"],
  ...needs("read"),
  request: {
    query: pageQuery.extend({
      month: z.string().optional().meta({ description: "Those that touch it.", example: "2026-10" }),
    }),
  },
  responses: { 200: json(listOf(sloExcuseSchema), "The excuses."), ...problems(400) },
});

const excuseRoute = createRoute({
  method: "post",
  path: "/slo/excuses",
  operationId: "excuseHours",
  summary: "Excuse hours from the service levels, with a reason",
  description: "The hours count neither for nor against anybody. In a frozen month this shows as a restatement.",
  tags: ["service levels"],
  security,
  request: jsonBody(requestSchema),
  responses: { 201: json(sloExcuseSchema, "The excuse."), ...problems(400, 415) },
});

const revokeRoute = createRoute({
  method: "delete",
  path: "/slo/excuses/{id}",
  operationId: "revokeSloExcuse",
  summary: "Revoke an excuse",
  description: "The hours count again. The excuse stays in the list, with author and reason of the revocation.",
  tags: ["service levels"],
  security,
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({ reason: z.string().optional().meta({ description: "Why. Must be given." }) }),
  },
  responses: { 204: { description: "The hours count again." }, ...problems(400, 404, 409) },
});

export function sloExcuseRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ createdAt: z.iso.datetime(), id: z.string() }));
    return c.json(toListBody(await listExcuses({ ctx: c.var.ctx, input: { ...query, after } })), 200);
  });
  routes.openapi(excuseRoute, async (c) =>
    c.json(await excuseHours({ ctx: c.var.ctx, input: c.req.valid("json") }), 201),
  );
  routes.openapi(revokeRoute, async (c) => {
    await revokeExcuse({ ctx: c.var.ctx, input: { ...c.req.valid("param"), ...c.req.valid("query") } });
    return c.body(null, 204);
  });
  return routes;
}

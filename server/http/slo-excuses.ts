import { z } from "@hono/zod-openapi";
import { listOf, name } from "#domain/api/shared.ts";
import { sloExcusePreviewSchema, sloExcuseSchema, sloExcuseSuggestionSchema } from "#domain/api/slo.ts";
import {
  approveExcuse,
  excuseHours,
  listExcuses,
  previewExcuse,
  readExcuseById,
  revokeExcuse,
  suggestExcuses,
} from "#server/slo/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { flag } from "./query-values.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("service levels");
/** For incident responders, and for those who write the catalogue. */
const changing = needs("respond", "write");

const requestSchema = z
  .strictObject({
    eventTypes: z.array(name).max(500).nullish().meta({ description: "These types, or a tier; not both." }),
    tier: z.string().nullish().meta({ description: "Every type that belongs to it now." }),
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

const listRoute = route.get("/slo/excuses", needs("read"), {
  operationId: "listSloExcuses",
  summary: "List excused hours with author and reason, revoked ones too, newest first",
  request: {
    query: pageQuery.extend({
      month: z.string().optional().meta({ description: "Those that touch it.", example: "2026-10" }),
    }),
  },
  responses: { 200: json(listOf(sloExcuseSchema), "The excuses."), ...problems(400) },
});

const excuseRoute = route.post("/slo/excuses", changing, {
  operationId: "excuseHours",
  summary: "Excuse hours from the service levels, with a reason",
  description:
    "The hours do not count. In a frozen month this shows as one restatement. With `TIDEMARK_EXCUSES_NEED_APPROVAL` the excuse is `pending` until a second person approves it.",
  request: {
    ...jsonBody(requestSchema),
    query: z.object({
      dryRun: flag("`true` shows which hours would be excused and what the months would come to, and changes nothing."),
    }),
  },
  responses: {
    200: json(sloExcusePreviewSchema, "With `dryRun`: what it would do."),
    201: json(sloExcuseSchema, "The excuse."),
    ...problems(400, 415),
  },
});

const params = z.object({ id: z.string().max(100) });

const readRoute = route.get("/slo/excuses/{id}", needs("read"), {
  operationId: "readSloExcuse",
  summary: "Read an excuse",
  request: { params },
  responses: { 200: json(sloExcuseSchema, "The excuse."), ...problems(404) },
});

const approveRoute = route.post("/slo/excuses/{id}/approval", changing, {
  operationId: "approveSloExcuse",
  summary: "Approve a pending excuse",
  description: "Its hours do not count from then on. 409 for its author, and if it is not pending.",
  request: { params, headers: ifMatchHeaders },
  responses: { 200: json(sloExcuseSchema, "The excuse, in force."), ...problems(404, 409, 412) },
});

const suggestRoute = route.get("/slo/excuse-suggestions", needs("read"), {
  operationId: "suggestSloExcuses",
  summary: "Planned maintenance that could be excused",
  description: "Windows of silences in the month in which hours were late or incomplete and are not excused.",
  request: { query: z.object({ month: z.string().optional().meta({ example: "2026-10" }) }) },
  responses: {
    200: json(z.object({ items: z.array(sloExcuseSuggestionSchema) }), "The suggestions."),
    ...problems(400, 404),
  },
});

const revokeRoute = route.delete("/slo/excuses/{id}", changing, {
  operationId: "revokeSloExcuse",
  summary: "Revoke an excuse",
  description: "The hours count again. The excuse stays in the list, with author and reason of the revocation.",
  request: {
    params,
    headers: ifMatchHeaders,
    query: z.object({ reason: z.string().optional().meta({ description: "The reason. Required." }) }),
  },
  responses: { 204: { description: "The hours count again." }, ...problems(400, 404, 409, 412) },
});

export function sloExcuseRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ createdAt: z.iso.datetime(), id: z.string() }));
    return c.json(toListBody(await listExcuses({ ctx: c.var.ctx, input: { ...query, after } })), 200);
  });
  const needsApproval = deps.excusesNeedApproval ?? false;
  routes.openapi(excuseRoute, async (c) => {
    const input = { ...c.req.valid("json"), needsApproval };
    if (c.req.valid("query").dryRun === "true") return c.json(await previewExcuse({ ctx: c.var.ctx, input }), 200);
    return c.json(await excuseHours({ ctx: c.var.ctx, input }), 201);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readExcuseById({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(approveRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    return c.json(await approveExcuse({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(suggestRoute, async (c) =>
    c.json({ items: await suggestExcuses({ ctx: c.var.ctx, input: c.req.valid("query") }) }, 200),
  );
  routes.openapi(revokeRoute, async (c) => {
    await revokeExcuse({
      ctx: c.var.ctx,
      input: { ...c.req.valid("param"), ...c.req.valid("query"), precondition: readPrecondition(c) },
    });
    return c.body(null, 204);
  });
  return routes;
}

import { createRoute, z } from "@hono/zod-openapi";
import { sloSnapshotSchema } from "#domain/api/slo.ts";
import { createSnapshot, readSnapshot } from "#server/slo/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const requestSchema = z
  .strictObject({
    month: z.string().meta({ description: "A month that has ended." }),
    tier: z.string().optional(),
    owner: z.string().optional(),
    eventType: z.string().optional(),
  })
  .meta({ id: "SloSnapshotRequest", example: { month: "2026-10" } });

const createSnapshotRoute = createRoute({
  method: "post",
  path: "/slo/snapshots",
  operationId: "createSloSnapshot",
  summary: "Keep a month's report as it is now, under a link",
  description:
    "The report behind the link never changes: later restatements are listed beside it. The same report has the same link.",
  tags: ["service levels"],
  security: [...needs("respond").security, ...needs("write").security],
  request: jsonBody(requestSchema),
  responses: { 201: json(sloSnapshotSchema, "The report."), ...problems(400, 404, 415) },
});

const readSnapshotRoute = createRoute({
  method: "get",
  path: "/slo/snapshots/{id}",
  operationId: "readSloSnapshot",
  summary: "A report as it was reported, and what has changed since",
  tags: ["service levels"],
  ...needs("read"),
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: { 200: json(sloSnapshotSchema, "The report."), ...problems(404) },
});

export function sloSnapshotRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(createSnapshotRoute, async (c) =>
    c.json(await createSnapshot({ ctx: c.var.ctx, input: c.req.valid("json") }), 201),
  );
  routes.openapi(readSnapshotRoute, async (c) =>
    c.json((await readSnapshot({ ctx: c.var.ctx, input: c.req.valid("param") })).snapshot, 200),
  );
  return routes;
}

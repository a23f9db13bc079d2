import { z } from "@hono/zod-openapi";
import { sloSnapshotSchema } from "#domain/api/slo.ts";
import { createSnapshot, readSnapshot } from "#server/slo/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("service levels");

const requestSchema = z
  .strictObject({
    month: z.string().meta({ description: "A month that has ended." }),
    tier: z.string().optional(),
    owner: z.string().optional(),
    eventType: z.string().optional(),
  })
  .meta({ id: "SloSnapshotRequest", example: { month: "2026-10" } });

const createSnapshotRoute = route.post("/slo/snapshots", needs("respond", "write"), {
  operationId: "createSloSnapshot",
  summary: "Keep a month's report as it is now, under a link",
  description:
    "The report behind the link never changes: later restatements are listed beside it. The same report has the same link.",
  request: jsonBody(requestSchema),
  responses: { 201: json(sloSnapshotSchema, "The report."), ...problems(400, 404, 415) },
});

const readSnapshotRoute = route.get("/slo/snapshots/{id}", needs("read"), {
  operationId: "readSloSnapshot",
  summary: "A report as it was reported, and what has changed since",
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

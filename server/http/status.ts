import { createRoute } from "@hono/zod-openapi";
import { statusSchema } from "#domain/api/board.ts";
import { readStatus } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const route = createRoute({
  method: "get",
  path: "/status",
  operationId: "readStatus",
  summary: "How far Tidemark itself is",
  description:
    "`dirtyHours` 0 means that every committed message is in the verdicts; `behind` lists what of Tidemark itself is behind.",
  tags: ["status"],
  ...needs("read"),
  responses: { 200: json(statusSchema, "The status."), ...problems() },
});

export function statusRoutes({ version, drill, pubsub, metricExportProject = null }: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(route, async (c) =>
    c.json(await readStatus({ ctx: c.var.ctx, input: { version, drill, pubsub, metricExportProject } }), 200),
  );
  return routes;
}

import { z } from "@hono/zod-openapi";
import { statusSchema } from "#domain/api/board.ts";
import { statusHistorySchema } from "#domain/api/status-history.ts";
import { readStatus, readStatusHistory } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("status");

const readRoute = route.get("/status", needs("read"), {
  operationId: "readStatus",
  summary: "The state of Tidemark itself",
  description:
    "`dirtyHours` 0 means that every committed message is in the verdicts; `behind` lists each duty of Tidemark that is behind.",
  responses: { 200: json(statusSchema, "The status."), ...problems() },
});

const historyRoute = route.get("/status/history", needs("read"), {
  operationId: "readStatusHistory",
  summary: "How much of the time each duty of Tidemark was within its limit",
  description:
    "Each duty, as `behind` of `GET /status` names it, by the minutes in which it was observed and in which it was behind, in real time. While no process of Tidemark could observe and write, minutes are missing: they are not known to be good or bad.",
  request: {
    query: z.object({
      from: z.string().optional().meta({ description: "The first UTC hour. Default: 30 days before `to`." }),
      to: z.string().optional().meta({
        description: "The hour to stop before, at most 400 days after `from`. Default: the next hour, in real time.",
      }),
    }),
  },
  responses: { 200: json(statusHistorySchema, "The history."), ...problems(400) },
});

export function statusRoutes({ version, drill, pubsub, metricExportProject = null }: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(readRoute, async (c) =>
    c.json(await readStatus({ ctx: c.var.ctx, input: { version, drill, pubsub, metricExportProject } }), 200),
  );
  routes.openapi(historyRoute, async (c) =>
    c.json(await readStatusHistory({ ctx: c.var.ctx, input: c.req.valid("query") }), 200),
  );
  return routes;
}

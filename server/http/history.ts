import { z } from "@hono/zod-openapi";
import { historySchema } from "#domain/api/history.ts";
import { readHistory } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagApartFromMoment } from "./caching.ts";
import { readPast } from "./read-past.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("hours").get("/event-types/{name}/history", needs("read"), {
  operationId: "readHistory",
  summary: "A type's hours of the last days as columns",
  description: "Closing delays and counts hour by hour from the start of a UTC day, and the deployments between.",
  request: {
    params: z.object({ name: z.string().meta({ example: "EndSong" }) }),
    query: z.object({
      days: z.coerce.number().int().min(1).max(93).default(30).meta({ description: "Whole days before today." }),
    }),
  },
  responses: { 200: json(historySchema, "The history."), ...problems(400, 404) },
});

export function historyRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(route, async (c) => {
    const input = { eventType: c.req.valid("param").name, days: c.req.valid("query").days };
    const history = await readPast(deps, c.var.ctx, (ctx) => readHistory({ ctx, input }));
    tagApartFromMoment(c, history);
    return c.json(history, 200);
  });
  return routes;
}

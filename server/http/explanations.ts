import { z } from "@hono/zod-openapi";
import { explanationSchema, fleetExplanationSchema } from "#domain/api/explanation.ts";
import { progressSchema, skewSchema } from "#domain/api/hour-evidence.ts";
import { readExplanation, readFleetExplanation, readProgress, readSkew } from "#server/explain/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("hours");

const params = z.object({
  name: z.string().meta({ description: "The event type.", example: "EndSong" }),
  hour: z.string().meta({ description: "A UTC hour by its start.", example: "2026-11-22T13" }),
});

const explanationRoute = route.get("/event-types/{name}/hours/{hour}/explanation", needs("read"), {
  operationId: "readExplanation",
  summary: "Why an hour is late, incomplete or overcounted: likely causes with their evidence, the likeliest first",
  description: "Empty where there is nothing to explain. `score` ranks the causes; it is not a probability.",
  request: { params },
  responses: { 200: json(explanationSchema, "The causes."), ...problems(400, 404) },
});

const fleetRoute = route.get("/explanation", needs("read"), {
  operationId: "readFleetExplanation",
  summary: "What troubles event types now, gathered by what they share",
  description: "Each type by its oldest hour of the last day that is late, likely to be, or settled badly.",
  responses: { 200: json(fleetExplanationSchema, "Causes, those that concern the most types first."), ...problems() },
});

const skewRoute = route.get("/event-types/{name}/hours/{hour}/skew", needs("read"), {
  operationId: "readSkew",
  summary: "Which hours' buckets an hour's events landed in, and whose events landed in its bucket",
  request: { params },
  responses: { 200: json(skewSchema, "The landings."), ...problems(400, 404) },
});

const progressRoute = route.get("/event-types/{name}/hours/{hour}/progress", needs("read"), {
  operationId: "readProgress",
  summary: "How an hour progressed at each datacenter, compared with the same hours of the weeks before",
  request: { params },
  responses: { 200: json(progressSchema, "The progress."), ...problems(400, 404) },
});

export function explanationRoutes(_: ApiDeps): ApiRouter {
  const routes = createRouter();
  const inputOf = ({ name, hour }: { name: string; hour: string }) => ({ eventType: name, hour });
  routes.openapi(explanationRoute, async (c) =>
    c.json(await readExplanation({ ctx: c.var.ctx, input: inputOf(c.req.valid("param")) }), 200),
  );
  routes.openapi(fleetRoute, async (c) => c.json(await readFleetExplanation({ ctx: c.var.ctx }), 200));
  routes.openapi(skewRoute, async (c) =>
    c.json(await readSkew({ ctx: c.var.ctx, input: inputOf(c.req.valid("param")) }), 200),
  );
  routes.openapi(progressRoute, async (c) =>
    c.json(await readProgress({ ctx: c.var.ctx, input: inputOf(c.req.valid("param")) }), 200),
  );
  return routes;
}

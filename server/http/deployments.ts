import { randomUUID } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { deploymentSchema, recordedDeploymentSchema } from "#domain/api/catalogue.ts";
import { deploymentEffectListSchema, deploymentEffectSchema } from "#domain/api/deployment-effect.ts";
import { runningVersionListSchema } from "#domain/api/running-versions.ts";
import { instant, listOf } from "#domain/api/shared.ts";
import { formatInstant } from "#domain/instant.ts";
import {
  listDeploymentEffects,
  listDeployments,
  listRunningVersions,
  readDeploymentEffect,
  recordDeployment,
} from "#server/facts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { idKey, idParams, pageQuery, readCursor, toListBody } from "./paging.ts";
import { readRange } from "./query-values.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("deployments");

const listQuery = pageQuery.extend({
  datacenter: z
    .string()
    .optional()
    .meta({ description: "Includes deployments without a datacenter, which apply everywhere." }),
  component: z.string().optional(),
  from: instant.optional().meta({ description: "Deployed at or after." }),
  to: instant.optional().meta({ description: "Deployed before." }),
});
const cursorSchema = z.object({ deployedAt: instant, id: idKey });

const requestSchema = z
  .strictObject({
    datacenter: z.string().nullish().meta({ description: "Everywhere, if left out." }),
    component: z.string(),
    version: z.string(),
    deployedAt: instant.nullish().meta({ description: "Now, if left out." }),
    deployedBy: z.string().nullish(),
    url: z.string().nullish(),
    id: z.string().nullish().meta({ description: "Sending the same id again records nothing new." }),
  })
  .meta({
    id: "DeploymentRequest",
    example: { datacenter: "ams", component: "exporter", version: "4.2.0", deployedBy: "ci" },
  });

const listRoute = route.get("/deployments", needs("read"), {
  operationId: "listDeployments",
  summary: "List deployments, the newest first",
  request: { query: listQuery },
  responses: { 200: json(listOf(deploymentSchema), "Deployments."), ...problems(400) },
});

const recordRoute = route.post("/deployments", needs("ingest"), {
  operationId: "recordDeployment",
  summary: "Record a deployment",
  description: "The same as an event of type `tidemark.deployment.v1`, for a pipeline's last step.",
  request: jsonBody(requestSchema),
  responses: {
    202: json(recordedDeploymentSchema, "Recorded, under this id."),
    ...problems(400, 415),
  },
});

const runningQuery = pageQuery.extend({
  datacenter: z.string().optional().meta({ description: "Only at this datacenter." }),
  component: z.string().optional(),
});
const runningCursor = z.object({ component: z.string(), datacenter: z.string() });

const runningRoute = route.get("/deployments/running", needs("read"), {
  operationId: "listRunningVersions",
  summary: "Compare the versions that run, by heartbeats, with what was deployed",
  description:
    "One item for each component at each datacenter, by name. `standing` says whether the instances heard within 15 minutes run the version deployed last. Deployments older than 30 days without heartbeats are left out.",
  request: { query: runningQuery },
  responses: { 200: json(runningVersionListSchema, "Components with their versions."), ...problems(400) },
});

const effectsRoute = route.get("/deployment-effects", needs("read"), {
  operationId: "listDeploymentEffects",
  summary: "List deployments, the newest first, with what changed from the day before to the day after",
  description:
    "Hours after a deployment are paired with the same hours of the day before and compared by an exact signed-rank test; verdicts allow for as many comparisons as the page has deployments (Holm).",
  request: { query: listQuery },
  responses: { 200: json(deploymentEffectListSchema, "Deployments with their effects."), ...problems(400) },
});

const effectRoute = route.get("/deployments/{id}/effect", needs("read"), {
  operationId: "readDeploymentEffect",
  summary: "What changed with one deployment, asked about alone",
  request: { params: idParams },
  responses: { 200: json(deploymentEffectSchema, "The deployment with its effect."), ...problems(404) },
});

export function deploymentRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = inputOf(c.req.valid("query"));
    return c.json(toListBody(await listDeployments({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(runningRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const input = { ...query, after: readCursor(cursor, runningCursor) };
    const page = toListBody(await listRunningVersions({ ctx: c.var.ctx, input }));
    return c.json({ ...page, asOf: formatInstant(c.var.ctx.clock.now()) }, 200);
  });
  routes.openapi(effectsRoute, async (c) => {
    const input = inputOf(c.req.valid("query"));
    const page = toListBody(await listDeploymentEffects({ ctx: c.var.ctx, input }));
    return c.json({ ...page, asOf: formatInstant(c.var.ctx.clock.now()) }, 200);
  });
  routes.openapi(effectRoute, async (c) =>
    c.json(await readDeploymentEffect({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(recordRoute, async (c) => {
    const { id, ...body } = c.req.valid("json");
    const input = { ...body, id: id ?? randomUUID() };
    await recordDeployment({ ctx: c.var.ctx, input, writer: deps.writer });
    return c.json({ id: input.id }, 202);
  });
  return routes;
}

function inputOf({ cursor, ...query }: z.output<typeof listQuery>) {
  return { ...query, ...readRange(query), after: readCursor(cursor, cursorSchema) };
}

import { z } from "@hono/zod-openapi";
import { listOf } from "#domain/api/shared.ts";
import { sourcePreviewSchema, sourceResourceSchema, sourceSchema } from "#domain/api/sources.ts";
import { sourceSpec } from "#domain/source.ts";
import { deleteSource, listSourceResources, listSources, previewSource, readSource } from "#server/sources/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { flag, readFlag } from "./query-values.ts";
import { json, jsonBody, needs, problems, uncheckedSpec } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

const route = tagged("sources");
const params = z.object({ name: z.string().meta({ example: "google" }) });

const resourcesRoute = route.get("/sources/{name}/resources", needs("read"), {
  operationId: "listSourceResources",
  summary: "List what a source measures",
  description: "Each resource with the lanes that it feeds and the newest point of each metric, by kind and id.",
  request: {
    params,
    query: pageQuery.extend({ mapped: flag("`false`: only those whose id no pattern matches.") }),
  },
  responses: { 200: json(listOf(sourceResourceSchema), "The resources."), ...problems(400, 404) },
});

const example = {
  cloudMonitoring: {
    project: "my-project",
    subscriptions: [{ match: "(?<type>[A-Za-z]+)-(?<dc>[a-z]+)-etl", eventType: "$type", datacenter: "$dc" }],
  },
};

const previewSchema = z
  .strictObject({
    spec: uncheckedSpec(sourceSpec),
    source: z.string().optional().meta({ description: "Match the resources that this source has seen." }),
    ids: z.array(z.string().min(1).max(1_024)).max(100).default([]).meta({ description: "Further ids to try." }),
  })
  .meta({ id: "SourcePreviewRequest", example: { spec: example, ids: ["EndSong-ams-etl"] } });

const previewRoute = route.post("/sources/preview", needs("read"), {
  operationId: "previewSource",
  summary: "What a source's patterns would match",
  description: "Nothing is saved, and nothing outside is asked: resources are those that the last collections saw.",
  request: jsonBody(previewSchema),
  responses: { 200: json(sourcePreviewSchema, "What they would feed."), ...problems(400, 415) },
});

const resourceKey = z.object({ kind: z.string(), id: z.string() });

export function sourceRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  addSpecRoutes(routes, deps, {
    kind: "Source",
    tag: "sources",
    path: "/sources",
    name: params.shape.name,
    item: sourceSchema,
    spec: sourceSpec,
    list: { summary: "List sources by name, each with its last collection", answer: "The sources.", run: listSources },
    read: { summary: "Read a source and its last collection", answer: "The source.", run: readSource },
    put: {
      summary: "Write a source",
      description: "The body is the whole spec, as the catalogue's files have it.",
      example,
    },
    delete: {
      summary: "Delete a source",
      description: "The facts that it reported stay.",
      answer: "The source is deleted.",
      refusals: [404, 412],
      run: deleteSource,
    },
  });
  routes.openapi(resourcesRoute, async (c) => {
    const { cursor, limit, mapped } = c.req.valid("query");
    const after = readCursor(cursor, resourceKey);
    const input = { ...c.req.valid("param"), after, limit, mapped: readFlag(mapped) };
    return c.json(toListBody(await listSourceResources({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(previewRoute, async (c) => {
    const { source = null, ...rest } = c.req.valid("json");
    return c.json(await previewSource({ ctx: c.var.ctx, input: { ...rest, source } }), 200);
  });
  return routes;
}

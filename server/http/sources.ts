import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "#domain/api/shared.ts";
import { sourcePreviewSchema, sourceResourceSchema, sourceSchema } from "#domain/api/sources.ts";
import { sourceSpec } from "#domain/source.ts";
import { deleteSource, listSourceResources, listSources, previewSource, readSource } from "#server/sources/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readCursor, readNamePage, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, jsonBody, needs, problems, uncheckedSpec } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const tags = ["sources"];
const params = z.object({ name: z.string().meta({ example: "google" }) });

const listRoute = createRoute({
  method: "get",
  path: "/sources",
  operationId: "listSources",
  summary: "List sources by name, each with its last collection",
  tags,
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(sourceSchema), "The sources."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/sources/{name}",
  operationId: "readSource",
  summary: "Read a source and its last collection",
  tags,
  ...needs("read"),
  request: { params },
  responses: { 200: json(sourceSchema, "The source."), ...problems(404) },
});

const resourcesRoute = createRoute({
  method: "get",
  path: "/sources/{name}/resources",
  operationId: "listSourceResources",
  summary: "List what a source measures",
  description: "Each resource with the lanes that it feeds and the newest point of each metric, by kind and id.",
  tags,
  ...needs("read"),
  request: {
    params,
    query: pageQuery.extend({
      mapped: z
        .enum(["true", "false"])
        .optional()
        .meta({ description: "`false`: only those whose id no pattern matches." }),
    }),
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

const previewRoute = createRoute({
  method: "post",
  path: "/sources/preview",
  operationId: "previewSource",
  summary: "What a source's patterns would match",
  description: "Nothing is saved, and nothing outside is asked: resources are those that the last collections saw.",
  tags,
  ...needs("read"),
  request: jsonBody(previewSchema),
  responses: { 200: json(sourcePreviewSchema, "What they would feed."), ...problems(400, 415) },
});

const putRoute = createRoute({
  method: "put",
  path: "/sources/{name}",
  operationId: "putSource",
  summary: "Write a source",
  description: "The body is the whole spec, as the catalogue's files have it.",
  tags,
  ...needs("write"),
  request: {
    params,
    ...specRequest(sourceSpec, example),
  },
  responses: specResponses,
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/sources/{name}",
  operationId: "deleteSource",
  summary: "Delete a source",
  description: "The facts that it reported stay.",
  tags,
  ...needs("write"),
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The source is deleted." }, ...problems(404, 412) },
});

const resourceKey = z.object({ kind: z.string(), id: z.string() });

export function sourceRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listSources({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readSource({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(resourcesRoute, async (c) => {
    const { cursor, limit, mapped } = c.req.valid("query");
    const after = readCursor(cursor, resourceKey);
    const input = {
      ...c.req.valid("param"),
      after,
      limit,
      mapped: mapped === undefined ? undefined : mapped === "true",
    };
    return c.json(toListBody(await listSourceResources({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(previewRoute, async (c) => {
    const { source = null, ...rest } = c.req.valid("json");
    return c.json(await previewSource({ ctx: c.var.ctx, input: { ...rest, source } }), 200);
  });
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "Source", name: c.req.valid("param").name }), 200),
  );
  routes.openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await deleteSource({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}

import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "#domain/api/shared.ts";
import { silencePreviewSchema, silenceSchema } from "#domain/api/silences.ts";
import { createSilence, expireSilence, listSilences, previewSilence, readSilence } from "#server/silences/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { readSpec } from "./body.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { silenceDraftSchema, silenceRequestSchema } from "./spec-schemas.ts";

const tags = ["silences"];
const params = z.object({ id: z.string().meta({ example: "0b5c2a9e-6d0f-4f0c-9a52-3f3b0f1f7c11" }) });
const cursorSchema = z.object({ createdAt: z.iso.datetime(), id: z.uuid() });

const example = {
  matchers: ['datacenter="ams"', 'severity=~"page|ticket"'],
  duration: "2h",
  reason: "Switches in ams are replaced; ask #network.",
};
const bodyOf = (schema: typeof silenceRequestSchema | typeof silenceDraftSchema, of: object) => ({
  required: true,
  content: { "application/json": { schema, example: of } },
});

const listRoute = createRoute({
  method: "get",
  path: "/silences",
  operationId: "listSilences",
  summary: "List silences, the newest first",
  tags,
  ...needs("read"),
  request: {
    query: pageQuery.extend({
      expired: z.enum(["true", "false"]).optional().meta({ description: "`true` lists those that are over too." }),
    }),
  },
  responses: { 200: json(listOf(silenceSchema), "The silences."), ...problems(400) },
});

const createSilenceRoute = createRoute({
  method: "post",
  path: "/silences",
  operationId: "createSilence",
  summary: "Silence alerts for a while, with a reason",
  description:
    "Silenced alerts stay visible and are told to nobody. With `recurrence` it silences only within these times of the week, for maintenance that comes again.",
  tags,
  ...needs("respond"),
  request: { body: bodyOf(silenceRequestSchema, example) },
  responses: { 201: json(silenceSchema, "The silence."), ...problems(400, 415) },
});

const previewRoute = createRoute({
  method: "post",
  path: "/silences/preview",
  operationId: "previewSilence",
  summary: "What a silence would hide",
  description: "What its matchers hide now, and what they would have hidden had it stood for the last seven days.",
  tags,
  ...needs("read"),
  request: { body: bodyOf(silenceDraftSchema, { matchers: example.matchers }) },
  responses: { 200: json(silencePreviewSchema, "What it hides."), ...problems(400, 415) },
});

const readRoute = createRoute({
  method: "get",
  path: "/silences/{id}",
  operationId: "readSilence",
  summary: "Read a silence",
  tags,
  ...needs("read"),
  request: { params },
  responses: { 200: json(silenceSchema, "The silence."), ...problems(404) },
});

const expireRoute = createRoute({
  method: "delete",
  path: "/silences/{id}",
  operationId: "expireSilence",
  summary: "End a silence now",
  description: "It stays as history with who ended it. One that is over already stays as it is.",
  tags,
  ...needs("respond"),
  request: { params },
  responses: { 204: { description: "The silence is over." }, ...problems(404) },
});

export function silenceRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, expired } = c.req.valid("query");
    const input = { withExpired: expired === "true", after: readCursor(cursor, cursorSchema), limit };
    return c.json(toListBody(await listSilences({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(createSilenceRoute, async (c) => {
    const silence = await createSilence({ ctx: c.var.ctx, input: await readSpec(c) });
    return c.json(silence, 201);
  });
  routes.openapi(previewRoute, async (c) =>
    c.json(await previewSilence({ ctx: c.var.ctx, input: await readSpec(c) }), 200),
  );
  routes.openapi(readRoute, async (c) =>
    c.json(await readSilence({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(expireRoute, async (c) => {
    await expireSilence({ ctx: c.var.ctx, input: c.req.valid("param") });
    return c.body(null, 204);
  });
  return routes;
}

import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "#domain/api/shared.ts";
import { silencePreviewSchema, silenceRequest, silenceSchema, silenceUpdate } from "#domain/api/silences.ts";
import { silenceDraft, silenceExtension } from "#domain/silence.ts";
import {
  createSilence,
  expireSilence,
  extendSilence,
  listSilences,
  previewSilence,
  readSilence,
  updateSilence,
} from "#server/silences/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { readSpec } from "./body.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { json, needs, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const tags = ["silences"];
const params = z.object({ id: z.string().meta({ example: "0b5c2a9e-6d0f-4f0c-9a52-3f3b0f1f7c11" }) });
const cursorSchema = z.object({ createdAt: z.iso.datetime(), id: z.uuid() });

const example = {
  matchers: ['datacenter="ams"', 'severity=~"page|ticket"'],
  duration: "2h",
  reason: "Switches in ams are replaced; ask #network.",
};
const bodyOf = (schema: z.ZodType, of: object) => ({
  required: true,
  content: { "application/json": { schema: reference(schema), example: of } },
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
      incident: z.string().optional().meta({ description: "Those that match an alert of this incident." }),
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
    "Silenced alerts stay visible and notify no one. With `recurrence` it silences only within these times, for recurring maintenance.",
  tags,
  ...needs("respond"),
  request: { body: bodyOf(silenceRequest, example) },
  responses: { 201: json(silenceSchema, "The silence."), ...problems(400, 415) },
});

const previewRoute = createRoute({
  method: "post",
  path: "/silences/preview",
  operationId: "previewSilence",
  summary: "What a silence would hide",
  description:
    "What its matchers hide now, and what they would have hidden had it been active for the last seven days.",
  tags,
  ...needs("respond"),
  request: { body: bodyOf(silenceDraft, { matchers: example.matchers }) },
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

const updateRoute = createRoute({
  method: "put",
  path: "/silences/{id}",
  operationId: "updateSilence",
  summary: "Replace a silence that is not over",
  description: "Matchers, times and reason. Without `startsAt` it keeps its start. 409 if it is over.",
  tags,
  ...needs("respond"),
  request: { params, headers: ifMatchHeaders, body: bodyOf(silenceUpdate, example) },
  responses: { 200: json(silenceSchema, "The silence as it is now."), ...problems(400, 404, 409, 412, 415) },
});

const extendRoute = createRoute({
  method: "post",
  path: "/silences/{id}/extend",
  operationId: "extendSilence",
  summary: "Move the end of a silence",
  description:
    "By a `duration` from its present end, or to `endsAt`. 409 if it is over. Two extensions at once both count; with `If-Match`, the second is refused.",
  tags,
  ...needs("respond"),
  request: { params, headers: ifMatchHeaders, body: bodyOf(silenceExtension, { duration: "1h" }) },
  responses: { 200: json(silenceSchema, "The silence as it is now."), ...problems(400, 404, 409, 412, 415) },
});

const expireRoute = createRoute({
  method: "delete",
  path: "/silences/{id}",
  operationId: "expireSilence",
  summary: "End a silence now",
  description: "It stays listed as history, with who ended it. One that is already over is left unchanged.",
  tags,
  ...needs("respond"),
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The silence is over." }, ...problems(404, 412) },
});

export function silenceRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, expired, incident } = c.req.valid("query");
    const input = { withExpired: expired === "true", incident, after: readCursor(cursor, cursorSchema), limit };
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
    c.json(tagWithSpec(c, await readSilence({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(updateRoute, async (c) => {
    const input = { ...c.req.valid("param"), body: await readSpec(c), precondition: readPrecondition(c) };
    return c.json(await updateSilence({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(extendRoute, async (c) => {
    const input = { ...c.req.valid("param"), body: await readSpec(c), precondition: readPrecondition(c) };
    return c.json(await extendSilence({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(expireRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await expireSilence({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}

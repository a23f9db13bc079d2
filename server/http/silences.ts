import { z } from "@hono/zod-openapi";
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
import { flag } from "./query-values.ts";
import { json, needs, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("silences");
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

const listRoute = route.get("/silences", needs("read"), {
  operationId: "listSilences",
  summary: "List silences, the newest first",
  request: {
    query: pageQuery.extend({
      incident: z.string().optional().meta({ description: "Those that match an alert of this incident." }),
      expired: flag("`true` lists those that are over too."),
    }),
  },
  responses: { 200: json(listOf(silenceSchema), "The silences."), ...problems(400) },
});

const createSilenceRoute = route.post("/silences", needs("respond"), {
  operationId: "createSilence",
  summary: "Silence alerts for a while, with a reason",
  description:
    "Silenced alerts stay visible and notify no one. With `recurrence` it silences only within these times, for recurring maintenance.",
  request: { body: bodyOf(silenceRequest, example) },
  responses: { 201: json(silenceSchema, "The silence."), ...problems(400, 415) },
});

const previewRoute = route.post("/silences/preview", needs("respond"), {
  operationId: "previewSilence",
  summary: "What a silence would hide",
  description:
    "What its matchers hide now, and what they would have hidden had it been active for the last seven days.",
  request: { body: bodyOf(silenceDraft, { matchers: example.matchers }) },
  responses: { 200: json(silencePreviewSchema, "What it hides."), ...problems(400, 415) },
});

const readRoute = route.get("/silences/{id}", needs("read"), {
  operationId: "readSilence",
  summary: "Read a silence",
  request: { params },
  responses: { 200: json(silenceSchema, "The silence."), ...problems(404) },
});

const updateRoute = route.put("/silences/{id}", needs("respond"), {
  operationId: "updateSilence",
  summary: "Replace a silence that is not over",
  description: "Matchers, times and reason. Without `startsAt` it keeps its start. 409 if it is over.",
  request: { params, headers: ifMatchHeaders, body: bodyOf(silenceUpdate, example) },
  responses: { 200: json(silenceSchema, "The silence as it is now."), ...problems(400, 404, 409, 412, 415) },
});

const extendRoute = route.post("/silences/{id}/extend", needs("respond"), {
  operationId: "extendSilence",
  summary: "Move the end of a silence",
  description:
    "By a `duration` from its present end, or to `endsAt`. 409 if it is over. Two extensions at once both count; with `If-Match`, the second is refused.",
  request: { params, headers: ifMatchHeaders, body: bodyOf(silenceExtension, { duration: "1h" }) },
  responses: { 200: json(silenceSchema, "The silence as it is now."), ...problems(400, 404, 409, 412, 415) },
});

const expireRoute = route.delete("/silences/{id}", needs("respond"), {
  operationId: "expireSilence",
  summary: "End a silence now",
  description: "It stays listed as history, with who ended it. One that is already over is left unchanged.",
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

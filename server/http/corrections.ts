import { z } from "@hono/zod-openapi";
import { correctionPreviewSchema, correctionSchema } from "#domain/api/corrections.ts";
import { listOf } from "#domain/api/shared.ts";
import { type CorrectionField, correctionActions, correctionKinds } from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import {
  createCorrection,
  listCorrections,
  previewCorrection,
  readCorrection,
  undoCorrection,
} from "#server/corrections/index.ts";
import { readHourInput } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { readJson } from "./body.ts";
import { tagWithSpec } from "./caching.ts";
import { idParams, pageQuery, readIdCursor, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { flag, readFlag } from "./query-values.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("corrections");

const text = { type: "string" as const };
const fields: Record<CorrectionField, typeof text & { enum?: string[]; description?: string }> = {
  eventType: text,
  datacenter: text,
  stage: { ...text, enum: [...stages] },
  reporter: text,
  from: { ...text, description: "An hour's start; included." },
  to: { ...text, description: "An hour's start; excluded." },
  after: { ...text, description: "An instant: marks that close an hour ending later are set aside." },
};
/** For the API description only: domain/correction checks each action. */
const bodySchema = {
  type: "object" as const,
  required: ["action", "reason"],
  properties: { action: { ...text, enum: [...correctionActions] }, ...fields, reason: text },
};
const actions = correctionActions.map((action) => {
  const { fields, what } = correctionKinds[action];
  const names = fields.map(({ key, omitted }) => (omitted === undefined ? key : `optionally ${key}`));
  return `\`${action}\` (${names.join(", ")}): ${what}`;
});
const example = {
  action: "reset-watermark",
  datacenter: "sjc",
  eventType: "EndSong",
  after: "2026-11-22T13:00:00Z",
  reason: "A drained pipeline sent the watermark of the year 9999.",
};

const listRoute = route.get("/corrections", needs("read"), {
  operationId: "listCorrections",
  summary: "List corrections, the newest first; undone ones too",
  request: {
    query: pageQuery.extend({
      eventType: z.string().optional().meta({ description: "Of this type, and resets of a whole datacenter." }),
      datacenter: z.string().optional(),
      action: z.enum(correctionActions).optional(),
      active: flag("`true`: in force; `false`: undone."),
      hour: z
        .string()
        .optional()
        .meta({ description: "Those that could have touched this hour.", example: "2026-11-22T13" }),
    }),
  },
  responses: { 200: json(listOf(correctionSchema), "The corrections."), ...problems(400) },
});

const makeRoute = route.post("/corrections", needs("write"), {
  operationId: "createCorrection",
  summary: "Create a correction: set facts aside, or accept hours",
  description: `${actions.join("\n\n")}\n\nNothing is deleted: undoing makes what was set aside count again.`,
  request: {
    query: z.object({ dryRun: flag("`true` shows what it would do, and changes nothing.") }),
    body: { required: true, content: { "application/json": { schema: bodySchema, example } } },
  },
  responses: {
    200: json(correctionPreviewSchema, "With `dryRun`: what it would do."),
    201: json(correctionSchema, "The correction."),
    ...problems(400, 409, 415),
  },
});

const readRoute = route.get("/corrections/{id}", needs("read"), {
  operationId: "readCorrection",
  summary: "Read a correction",
  request: { params: idParams },
  responses: { 200: json(correctionSchema, "The correction."), ...problems(400, 404) },
});

const undoRoute = route.delete("/corrections/{id}", needs("write"), {
  operationId: "undoCorrection",
  summary: "Undo a correction",
  description: "What it set aside counts again. It stays in the list, with who undid it and why.",
  request: { params: idParams, query: z.object({ reason: z.string().optional() }), headers: ifMatchHeaders },
  responses: { 200: json(correctionSchema, "The correction, undone."), ...problems(400, 404, 409, 412) },
});

export function correctionRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, active, hour, ...filters } = c.req.valid("query");
    const before = readIdCursor(cursor);
    const input = {
      ...filters,
      active: readFlag(active),
      hour: hour === undefined ? undefined : readHourInput(hour, "hour"),
      before,
      limit,
    };
    return c.json(toListBody(await listCorrections({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(makeRoute, async (c) => {
    const input = await readJson(c);
    if (c.req.valid("query").dryRun === "true") return c.json(await previewCorrection({ ctx: c.var.ctx, input }), 200);
    return c.json(await createCorrection({ ctx: c.var.ctx, input }), 201);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readCorrection({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(undoRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("query"), precondition: readPrecondition(c) };
    return c.json(await undoCorrection({ ctx: c.var.ctx, input }), 200);
  });
  return routes;
}

import { z } from "@hono/zod-openapi";
import { instant, listOf } from "#domain/api/shared.ts";
import {
  volumeExclusionRemovalSchema,
  volumeExclusionRequestSchema,
  volumeExclusionSchema,
  volumeSchema,
} from "#domain/api/volume.ts";
import { createExclusion, listExclusions, readVolume, removeExclusion } from "#server/volume/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagApartFromMoment } from "./caching.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("volume");

const volumeRoute = route.get("/event-types/{name}/volume", needs("read"), {
  operationId: "readVolume",
  summary: "Produced events compared with the expected volume, hour by hour",
  description:
    "What is expected of an hour follows from the hours before it alone: the hour of the week, the level of the last days, and how much such hours vary. An hour counts once it is closed everywhere; one in progress is never too low.",
  request: {
    params: z.object({ name: z.string().meta({ description: "The event type.", example: "EndSong" }) }),
    query: z.object({
      from: z.string().optional().meta({ description: "The first hour. Default: 48 hours before `to`." }),
      to: z.string().optional().meta({
        description: "The hour to stop before, at most 31 days later and a week ahead. Default: the next hour.",
      }),
      byDatacenter: z.enum(["true", "false"]).optional(),
    }),
  },
  responses: { 200: json(volumeSchema, "The hours, the oldest first."), ...problems(400, 404) },
});

const listRoute = route.get("/volume-exclusions", needs("read"), {
  operationId: "listVolumeExclusions",
  summary: "List marked incidents, newest first",
  request: {
    query: pageQuery.extend({
      eventType: z.string().optional().meta({ description: "Only those that concern this type." }),
    }),
  },
  responses: { 200: json(listOf(volumeExclusionSchema), "Exclusions, including removed ones."), ...problems(400) },
});

const markRoute = route.post("/volume-exclusions", needs("write"), {
  operationId: "createVolumeExclusion",
  summary: "Mark an incident, so that its counts are excluded from the usual volume",
  description: "Also for future times, such as a holiday: no hour in it counts as a drop.",
  request: jsonBody(volumeExclusionRequestSchema),
  responses: { 201: json(volumeExclusionSchema, "Marked."), ...problems(400, 415) },
});

const removeRoute = route.delete("/volume-exclusions/{id}", needs("write"), {
  operationId: "removeVolumeExclusion",
  summary: "Remove a mark",
  description: "The counts are used for learning again. The exclusion stays listed, with who removed it and why.",
  request: { params: z.object({ id: z.string() }), ...jsonBody(volumeExclusionRemovalSchema) },
  responses: { 204: { description: "The mark is removed." }, ...problems(400, 404, 415) },
});

export function volumeRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(volumeRoute, async (c) => {
    const { byDatacenter, ...range } = c.req.valid("query");
    const input = { eventType: c.req.valid("param").name, ...range, byDatacenter: byDatacenter === "true" };
    const volume = await readVolume({ ctx: c.var.ctx, input });
    tagApartFromMoment(c, volume);
    return c.json(volume, 200);
  });
  routes.openapi(listRoute, async (c) => {
    const { cursor, ...query } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ from: instant, id: z.string() }));
    return c.json(toListBody(await listExclusions({ ctx: c.var.ctx, input: { ...query, after } })), 200);
  });
  routes.openapi(markRoute, async (c) => {
    const { eventType = null, datacenter = null, from, to, reason } = c.req.valid("json");
    const input = { eventType, datacenter, from: new Date(from), to: new Date(to), reason };
    return c.json(await createExclusion({ ctx: c.var.ctx, input }), 201);
  });
  routes.openapi(removeRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("json") };
    await removeExclusion({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}

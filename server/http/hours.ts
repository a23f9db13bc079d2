import { z } from "@hono/zod-openapi";
import { problemSchema } from "#domain/api/problem.ts";
import { listOf } from "#domain/api/shared.ts";
import { revisionSchema, type VerdictJson, verdictSchema, verdictSummarySchema } from "#domain/api/verdict.ts";
import { finalStates } from "#domain/revision.ts";
import { awaitReadyFor, openGateReaders } from "#server/consumers/index.ts";
import { NotReady } from "#server/errors.ts";
import { readCitedVerdict } from "#server/sources/index.ts";
import { listRevisions, listVerdicts } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagApartFromMoment, tagOf } from "./caching.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, needs, notReady, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("hours");

const typeParam = z.object({ name: z.string().meta({ description: "The event type.", example: "EndSong" }) });
const hourParams = typeParam.extend({
  hour: z.string().meta({
    description: "A UTC hour by its start; also `…T13Z`, `…T13:00Z`, `…T13:00:00Z`.",
    example: "2026-11-22T13",
  }),
});

const listRoute = route.get("/event-types/{name}/hours", needs("read"), {
  operationId: "listVerdicts",
  summary: "List an event type's verdicts, the oldest hour first",
  description:
    "One verdict for each hour that has begun and that the type is active in, without gaps; without `datacenters`, `reasons` and `forecast`.",
  request: {
    params: typeParam,
    query: pageQuery.extend({
      from: z.string().optional().meta({ description: "The first hour. Default: 24 hours before `to`." }),
      to: z.string().optional().meta({ description: "The hour to stop before. Default: the next hour." }),
    }),
  },
  responses: { 200: json(listOf(verdictSummarySchema), "The verdicts."), ...problems(400, 404) },
});

const readRoute = route.get("/event-types/{name}/hours/{hour}", needs("read"), {
  operationId: "readVerdict",
  summary: "One hour's verdict with its evidence",
  request: {
    params: hourParams,
    query: z.object({
      asOf: z.string().optional().meta({
        description: "What was known at this instant instead of now.",
        example: "2026-11-22T15:30:00Z",
      }),
    }),
  },
  responses: { 200: json(verdictSchema, "The verdict."), ...problems(400, 404) },
});

const revisionsRoute = route.get("/event-types/{name}/hours/{hour}/revisions", needs("read"), {
  operationId: "listRevisions",
  summary: "The revisions of an hour's verdict, the oldest first",
  request: { params: hourParams, query: pageQuery },
  responses: { 200: json(listOf(revisionSchema), "The revisions."), ...problems(400, 404) },
});

const readyRoute = route.get("/event-types/{name}/hours/{hour}/ready", needs("read"), {
  operationId: "awaitReady",
  summary: "The gate: may this hour be read?",
  description:
    "200 once the hour is complete, 404 until then: deferrable HTTP sensors wait on 404 only. What waiting cannot change, an unknown type or an hour that the type is not active in, is 400.",
  request: {
    params: hourParams,
    query: z.object({
      minCompleteness: z.string().optional().meta({
        description:
          "Accept this share of the produced events, 0 to 1, instead of what the type promises: closed everywhere, all counts known, duplicates within the type's tolerance.",
        example: "0.999",
      }),
      consumer: z.string().optional().meta({
        description:
          "Who asks, as registered under the type's `consumers`: its own `minCompleteness` counts unless another is given here, and that it read the hour is remembered.",
        example: "royalties-daily",
      }),
      wait: z.string().optional().meta({
        description:
          "Hold the request until the hour is ready, for at most this many seconds: up to 60, as `30` or `30s`.",
        example: "30s",
      }),
    }),
  },
  responses: {
    200: json(verdictSchema, "It is ready."),
    ...problems(400),
    404: notReady(problemSchema, "Not yet. `detail` says why, and when it probably will be."),
  },
});

export function hourRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  const readers = openGateReaders(deps.database);
  routes.openapi(listRoute, async (c) => {
    const { limit, cursor, from, to } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ hour: z.string() }));
    const input = { eventType: c.req.valid("param").name, from, to, limit, after };
    const body = toListBody(await listVerdicts({ ctx: c.var.ctx, input }));
    if (body.items.every(({ state }) => finalStates.has(state))) tagApartFromMoment(c, body);
    return c.json(body, 200);
  });
  routes.openapi(readRoute, async (c) => {
    const { name, hour } = c.req.valid("param");
    const input = { eventType: name, hour, asOf: c.req.valid("query").asOf };
    const verdict = await readCitedVerdict({ ctx: c.var.ctx, input });
    if (finalStates.has(verdict.state)) tagApartFromMoment(c, verdict);
    return c.json(verdict, 200);
  });
  routes.openapi(revisionsRoute, async (c) => {
    const { name, hour } = c.req.valid("param");
    const { limit, cursor } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ revision: z.int() }));
    const input = { eventType: name, hour, limit, after };
    return c.json(toListBody(await listRevisions({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readyRoute, async (c) => {
    const { name, hour } = c.req.valid("param");
    const input = { eventType: name, hour, ...c.req.valid("query") };
    const signal = c.req.raw.signal;
    const readiness = await awaitReadyFor({ ctx: c.var.ctx, input, listener: deps.verdicts, readers, signal });
    if (!readiness.ready) throw new NotReady(readiness.detail, readiness.retryAfterSeconds);
    c.header("etag", tagOnce(readiness.verdict));
    return c.json(readiness.verdict, 200);
  });
  return routes;
}

const tags = new WeakMap<VerdictJson, string>();

/** The gate gives all woken requests the same verdict: thousands of responses share one ETag. */
function tagOnce(verdict: VerdictJson): string {
  const tag = tags.get(verdict) ?? tagOf(verdict);
  tags.set(verdict, tag);
  return tag;
}

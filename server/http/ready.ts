import { z } from "@hono/zod-openapi";
import { rangeNotReadySchema, rangeReadinessSchema, readyRangeSchema } from "#domain/api/ready.ts";
import { awaitRangeFor, openGateReaders, openRangeReader } from "#server/consumers/index.ts";
import { NotReady } from "#server/errors.ts";
import { readRangeReadiness } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagApartFromMoment } from "./caching.ts";
import { json, needs, notReady, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("hours");

const rangeQuery = z.object({
  // If missing, refused with the other faults, and only after the access check.
  eventTypes: z
    .string()
    .default("")
    .openapi({
      description:
        "Names, separated by commas: at most 50. A comma that is part of a name is written `\\,`, a backslash before one `\\\\`.",
      example: "EndSong,AdClick",
      param: { required: true },
    }),
  day: z.string().optional().meta({
    description:
      "A calendar day of `zone`: 23 or 25 hours where clocks are changed, every UTC hour that overlaps it where days begin at half past.",
    example: "2026-11-27",
  }),
  zone: z.string().optional().meta({
    description: "With `day`: a zone of the tz database. Default: UTC.",
    example: "Europe/Stockholm",
  }),
  from: z.string().optional().meta({ description: "Without `day`: the first UTC hour.", example: "2026-11-22T00" }),
  to: z.string().optional().meta({
    description: "The hour to stop before, at most 31 days after `from`.",
    example: "2026-11-23T00",
  }),
  minCompleteness: z.string().optional().meta({
    description: "Accept this share of the produced events, 0 to 1, instead of what each type promises.",
    example: "0.999",
  }),
});

const readyRoute = route.get("/ready", needs("read"), {
  operationId: "awaitRangeReady",
  summary: "The gate for several types and a day or a range: may all of it be read?",
  description:
    "200 once every hour of all types is ready, 404 until then, with the hours that are not and why. 400 for what waiting cannot change: an unknown type, hours that a type is not active in.",
  request: {
    query: rangeQuery.extend({
      consumer: z.string().optional().meta({
        description:
          "Who asks, as registered under every one of the types: its own `minCompleteness` for each counts unless another is given here, and that it read the hours is remembered.",
        example: "royalties-daily",
      }),
      wait: z.string().optional().meta({
        description:
          "Hold the request until all of it is ready, for at most this many seconds: up to 60, as `30` or `30s`.",
        example: "30s",
      }),
    }),
  },
  responses: {
    200: json(readyRangeSchema, "All of it is ready."),
    ...problems(400),
    404: notReady(
      rangeNotReadySchema,
      "Not yet. `notReady` lists the hours that are not, with the reason and when they probably will be.",
    ),
  },
});

const readinessRoute = route.get("/readiness", needs("read"), {
  operationId: "readRangeReadiness",
  summary: "How ready a day or a range of several types is, hour by hour",
  description: "The same as `GET /ready` for pages rather than jobs: it answers 200 either way.",
  request: { query: rangeQuery },
  responses: { 200: json(rangeReadinessSchema, "Every hour with its state."), ...problems(400) },
});

export function readyRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  const readers = openGateReaders(deps.database);
  const ranges = openRangeReader(deps.database);
  routes.openapi(readyRoute, async (c) => {
    const input = c.req.valid("query");
    const { signal } = c.req.raw;
    const answer = await awaitRangeFor({ ctx: c.var.ctx, input, listener: deps.verdicts, readers, ranges, signal });
    if (!answer.ready) throw new NotReady(answer.detail, answer.retryAfterSeconds, answer.body);
    tagApartFromMoment(c, answer.body);
    return c.json(answer.body, 200);
  });
  routes.openapi(readinessRoute, async (c) =>
    c.json(await readRangeReadiness({ ctx: c.var.ctx, input: c.req.valid("query") }), 200),
  );
  return routes;
}

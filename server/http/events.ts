import { createRoute, z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { Invalid, PayloadTooLarge, UnsupportedMediaType } from "#server/errors.ts";
import { type AcceptEventsInput, acceptEvents } from "#server/ingest/accept-events.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { mediaTypeOf, readJson } from "./body.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

/** More belong in several requests, each its own commit. */
const maxEvents = 10_000;

const exampleEvent = {
  specversion: "1.0",
  type: "tidemark.counters.v1",
  source: "delivery/ams",
  id: "5f0c1b",
  time: "2026-11-22T13:04:05Z",
  data: {
    dc: "ams",
    stage: "delivered",
    reporter: "exporter-7",
    reports: [{ eventType: "EndSong", hour: "2026-11-22T12", events: 120_345 }],
  },
};
const eventSchema = {
  type: "object" as const,
  description: "A CloudEvent 1.0; docs/protocol.md says what its data holds.",
};

const route = createRoute({
  method: "post",
  path: "/events",
  operationId: "sendEvents",
  summary: "Send events",
  description: `CloudEvents 1.0: one, a batch, or one in binary mode (\`ce-…\` headers, the body is its data). \`Content-Encoding: gzip\` is read.
At most ${maxEvents} events and 16 MiB a request. All are committed when 202 is answered; one fault, and none is.`,
  tags: ["events"],
  ...needs("ingest"),
  request: {
    body: {
      required: true,
      content: {
        "application/cloudevents+json": { schema: eventSchema, example: exampleEvent },
        "application/cloudevents-batch+json": {
          schema: { type: "array", items: eventSchema },
          example: [exampleEvent],
        },
        "application/json": {
          schema: { type: "object", description: "The data of an event in binary mode." },
          example: exampleEvent.data,
        },
      },
    },
  },
  responses: {
    202: json(z.object({ accepted: z.number().int() }).meta({ id: "Accepted" }), "Committed: so many events."),
    ...problems(400, 413, 415),
  },
});

export function eventRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(route, async (c) => {
    const input = await readEvents(c);
    return c.json(await acceptEvents({ ctx: c.var.ctx, input, writer: deps.writer }), 202);
  });
  return routes;
}

async function readEvents(c: HonoContext<ApiEnv>): Promise<AcceptEventsInput> {
  const mediaType = mediaTypeOf(c);
  if (mediaType === "application/cloudevents+json") return { mode: "single", event: await readJson(c) };
  if (mediaType === "application/cloudevents-batch+json")
    return { mode: "batch", events: listOfEvents(await readJson(c)) };
  const attributes = readAttributes(c);
  if (Object.keys(attributes).length > 0 && /^application\/(.+\+)?json$/.test(mediaType)) {
    return { mode: "binary", attributes, data: await readJson(c) };
  }
  throw new UnsupportedMediaType(
    "Send application/cloudevents+json, application/cloudevents-batch+json, or ce-… headers with a body of application/json.",
  );
}

function listOfEvents(value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new Invalid("The batch cannot be read.", [{ pointer: "", detail: "must be an array of events" }]);
  if (value.length > maxEvents)
    throw new PayloadTooLarge(`The batch holds ${value.length} events; send at most ${maxEvents} at once.`);
  return value;
}

/** CloudEvents' attributes from their headers, whose values are percent-encoded. */
function readAttributes(c: HonoContext<ApiEnv>): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of c.req.raw.headers) if (name.startsWith("ce-")) attributes[name.slice(3)] = decode(value);
  return attributes;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

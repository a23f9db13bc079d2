import { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { acceptedEventsSchema, acceptedInPartSchema } from "#domain/api/accepted-events.ts";
import { sayFound } from "#domain/fault.ts";
import { cloudEvent, cloudEventData, decodeHeaderValue, type Fault, headerRule } from "#domain/protocol.ts";
import { Invalid, PayloadTooLarge, UnsupportedMediaType } from "#server/errors.ts";
import { type AcceptEventsInput, acceptEvents, acceptEventsInPart } from "#server/facts/index.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { mediaTypeOf, toJson } from "./body.ts";
import type { ByteHold } from "./byte-budget.ts";
import { JunkBudget } from "./junk-budget.ts";
import { flag } from "./query-values.ts";
import { readHeldBody } from "./read-held-body.ts";
import { json, needs, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { traceRequest } from "./trace-request.ts";

/** Split more into several requests, each its own commit. */
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
const eventSchema = reference(cloudEvent);

const route = tagged("events").post("/events", needs("ingest"), {
  operationId: "sendEvents",
  summary: "Send events",
  description: `CloudEvents 1.0: one, a batch, or one in binary mode (\`ce-…\` headers, the body is its data). \`Content-Encoding: gzip\` is read.
At most ${maxEvents} events and 16 MiB a request. All are committed when 202 is answered; one fault, and none is.
With \`?partial=true\` each event is taken or refused by itself: 207 lists the refused ones, and the others are committed.
Hours older than \`TIDEMARK_OLDEST_HOUR\` are bad input. More new names than an hour allows are answered 429, as is a sender most of whose events are refused; more bytes under way than the process holds 503, both with \`Retry-After\`; what lies outside the token's limits is answered 403.`,
  request: {
    query: z.object({ partial: flag("`true`: commit the events without a fault, and list the others.") }),
    body: {
      required: true,
      content: {
        "application/cloudevents+json": { schema: eventSchema, example: exampleEvent },
        "application/cloudevents-batch+json": {
          schema: { type: "array", items: eventSchema },
          example: [exampleEvent],
        },
        "application/json": {
          schema: reference(cloudEventData),
          example: exampleEvent.data,
        },
      },
    },
  },
  responses: {
    202: json(acceptedEventsSchema, "How many events were committed."),
    207: json(acceptedInPartSchema, "With `?partial=true`: how many events were committed, and which were not."),
    ...problems(400, 413, 415, 429),
  },
});

export function eventRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter("streamed");
  const junk = new JunkBudget();
  routes.use("/events", traceRequest("/api/v1/events"));
  routes.openapi(route, async (c) => {
    const isPartial = c.req.valid("query").partial === "true";
    junk.require(c);
    return deps.ingestBytes.hold(async (hold) => {
      const refuse = (error: unknown): never => {
        junk.chargeFailed(c, hold.held, error);
        throw error;
      };
      const input = await readEvents(c, hold).catch(refuse);
      const request = { ctx: c.var.ctx, input, writer: deps.writer };
      if (!isPartial) return c.json(await acceptEvents(request).catch(refuse), 202);
      const { retryAfterSeconds, accepted, refused } = await acceptEventsInPart(request).catch(refuse);
      const ofJunk = refused.filter(({ status }) => status !== 429).length;
      junk.charge(c, hold.held, ofJunk / Math.max(1, accepted + refused.length));
      if (retryAfterSeconds !== null) c.header("retry-after", String(retryAfterSeconds));
      return c.json({ accepted, refused: refused.map((each) => ({ ...each, faults: [...each.faults] })) }, 207);
    });
  });
  return routes;
}

async function readEvents(c: HonoContext<ApiEnv>, hold: ByteHold): Promise<AcceptEventsInput> {
  const read = async () => toJson(await readHeldBody(c, hold));
  const mediaType = mediaTypeOf(c);
  if (mediaType === "application/cloudevents+json") return { mode: "single", event: await read() };
  if (mediaType === "application/cloudevents-batch+json") return { mode: "batch", events: listOfEvents(await read()) };
  const headers = [...c.req.raw.headers].filter(([name]) => name.startsWith("ce-"));
  // Without a content type an event's data is JSON: the CloudEvents SDK for Python sends none.
  if (headers.length > 0 && (mediaType === "" || /^application\/(.+\+)?json$/.test(mediaType))) {
    return { mode: "binary", ...readAttributes(headers), data: await read() };
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

/** CloudEvents attributes from their headers, and a fault for each that cannot be decoded. */
function readAttributes(headers: readonly [string, string][]) {
  const attributes: Record<string, string> = {};
  const faults: Fault[] = [];
  for (const [header, encoded] of headers) {
    const name = header.slice(3);
    const value = decodeHeaderValue(encoded);
    if (value !== null) attributes[name] = value;
    else
      faults.push({ pointer: `/${name}`, detail: `${headerRule}; found ${sayFound(encoded)} in the header ${header}` });
  }
  return { attributes, faults };
}

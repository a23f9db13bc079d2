import { z } from "@hono/zod-openapi";
import { consumerSchema, hourConsumerSchema } from "#domain/api/consumers.ts";
import { listOf } from "#domain/api/shared.ts";
import {
  listAllConsumers,
  listConsumers,
  listHourConsumers,
  putConsumer,
  readConsumer,
  removeConsumer,
} from "#server/consumers/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { ifMatchHeaders, preconditionHeaders, readPrecondition } from "./precondition.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("consumers");

const typeParam = z.object({ name: z.string().meta({ description: "The event type.", example: "EndSong" }) });
const params = typeParam.extend({ consumer: z.string().meta({ example: "royalties-daily" }) });
const registerParams = typeParam.extend({
  consumer: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
      "A consumer's name has up to 100 letters, digits, dots, dashes and underscores.",
    )
    .meta({ example: "royalties-daily" }),
});
const hourParams = typeParam.extend({ hour: z.string().meta({ example: "2026-11-22T13" }) });

/** One line of text written by a person. */
const line = (max: number, empty: string) =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(max)
    .refine((text) => !/\p{C}/u.test(text), "Control characters are not allowed.");

/** So that an answer can be sent back: they are ignored. */
const answeredMembers = consumerSchema
  .omit({ contact: true, description: true, minCompleteness: true, owner: true })
  .partial().shape;

const consumerSpecSchema = z
  .strictObject({
    contact: line(200, "A contact is required: a person, a channel or an address."),
    description: line(1_000, "Leave out an empty description.").nullish(),
    minCompleteness: z.number().min(0).max(1).nullish().meta({
      description: "The least completeness that it can work with; what the type itself promises, if left out.",
    }),
    owner: line(255, "Leave out an empty owner.")
      .nullish()
      .meta({ description: "The team whose members may change it; every editor may, if left out." }),
    ...answeredMembers,
  })
  .meta({
    id: "ConsumerSpec",
    example: { contact: "#royalties", description: "Pays rights holders once a day.", minCompleteness: 0.999 },
  });

const listAllRoute = route.get("/consumers", needs("read"), {
  operationId: "listAllConsumers",
  summary: "List consumers",
  request: { query: pageQuery },
  responses: {
    200: json(listOf(consumerSchema), "The consumers of all event types, by type and name."),
    ...problems(400),
  },
});

const listRoute = route.get("/event-types/{name}/consumers", needs("read"), {
  operationId: "listConsumers",
  summary: "List the consumers of an event type",
  request: { params: typeParam, query: pageQuery },
  responses: { 200: json(listOf(consumerSchema), "The consumers by name."), ...problems(400, 404) },
});

const hourRoute = route.get("/event-types/{name}/hours/{hour}/consumers", needs("read"), {
  operationId: "listHourConsumers",
  summary: "List the consumers of an hour, and which of them read it",
  description: "Reads are recorded for consumers that pass `?consumer=` to the gate.",
  request: { params: hourParams, query: pageQuery },
  responses: { 200: json(listOf(hourConsumerSchema), "The consumers by name."), ...problems(400, 404) },
});

const readRoute = route.get("/event-types/{name}/consumers/{consumer}", needs("read"), {
  operationId: "readConsumer",
  summary: "Read a consumer",
  request: { params },
  responses: { 200: json(consumerSchema, "The consumer."), ...problems(404) },
});

const putRoute = route.put("/event-types/{name}/consumers/{consumer}", needs("write"), {
  operationId: "putConsumer",
  summary: "Register or change a consumer",
  description: "The body is the whole consumer: what it leaves out goes back to its default.",
  request: { params: registerParams, headers: preconditionHeaders, ...jsonBody(consumerSpecSchema) },
  responses: { 200: json(consumerSchema, "The consumer as it is now."), ...problems(400, 404, 412, 415) },
});

const deleteRoute = route.delete("/event-types/{name}/consumers/{consumer}", needs("write"), {
  operationId: "removeConsumer",
  summary: "Delete a consumer",
  description: "Deletes its record of reads too. Delete its subscriptions first.",
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The consumer is deleted." }, ...problems(404, 409, 412) },
});

export function consumerRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listAllRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const input = { limit, after: readCursor(cursor, z.object({ eventType: z.string(), name: z.string() })) };
    return c.json(toListBody(await listAllConsumers({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const input = { eventType: c.req.valid("param").name, limit, after: readCursor(cursor, z.string()) };
    return c.json(toListBody(await listConsumers({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(hourRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const { name, hour } = c.req.valid("param");
    const input = { eventType: name, hour, limit, after: readCursor(cursor, z.string()) };
    return c.json(toListBody(await listHourConsumers({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) => {
    const { name, consumer } = c.req.valid("param");
    return c.json(tagWithSpec(c, await readConsumer({ ctx: c.var.ctx, input: { eventType: name, consumer } })), 200);
  });
  routes.openapi(putRoute, async (c) => {
    const { name, consumer } = c.req.valid("param");
    const { contact, description = null, minCompleteness = null, owner = null } = c.req.valid("json");
    const spec = { contact, description, minCompleteness, owner };
    const input = { eventType: name, consumer, spec, precondition: readPrecondition(c) };
    return c.json(await putConsumer({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(deleteRoute, async (c) => {
    const { name, consumer } = c.req.valid("param");
    const input = { eventType: name, consumer, precondition: readPrecondition(c) };
    await removeConsumer({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}

import { createRoute, z } from "@hono/zod-openapi";
import { channelSchema } from "#domain/api/routing.ts";
import { listOf } from "#domain/api/shared.ts";
import { channelSpec } from "#domain/channel.ts";
import { deleteChannel, listChannels, readChannel } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const tags = ["routing"];
const params = z.object({ name: z.string().meta({ example: "on-call-pager" }) });

const listRoute = createRoute({
  method: "get",
  path: "/channels",
  operationId: "listChannels",
  summary: "List channels by name",
  tags,
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(channelSchema), "The channels, without their secrets."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/channels/{name}",
  operationId: "readChannel",
  summary: "Read a channel",
  tags,
  ...needs("read"),
  request: { params },
  responses: { 200: json(channelSchema, "The channel, without its secrets."), ...problems(404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/channels/{name}",
  operationId: "putChannel",
  summary: "Write a channel",
  description:
    "The body is the whole spec. A secret is never sent: `{env: TIDEMARK_SECRET_…}` names the environment variable of the notifying process that holds it.",
  tags,
  ...needs("write"),
  request: {
    params,
    ...specRequest(channelSpec, { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_PAGERDUTY_ROUTING_KEY" } }),
  },
  responses: specResponses,
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/channels/{name}",
  operationId: "deleteChannel",
  summary: "Delete a channel",
  description: "409 while a receiver of the routing tree sends to it. Its deliveries stay in the log.",
  tags,
  ...needs("write"),
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The channel is deleted." }, ...problems(404, 409, 412) },
});

export function channelRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listChannels({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readChannel({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "Channel", name: c.req.valid("param").name }), 200),
  );
  routes.openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await deleteChannel({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}

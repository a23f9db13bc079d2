import { z } from "@hono/zod-openapi";
import { channelSchema } from "#domain/api/routing.ts";
import { channelSpec } from "#domain/channel.ts";
import { deleteChannel, listChannels, readChannel } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

export function channelRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  addSpecRoutes(routes, deps, {
    kind: "Channel",
    tag: "routing",
    path: "/channels",
    name: z.string().meta({ example: "on-call-pager" }),
    item: channelSchema,
    spec: channelSpec,
    list: { summary: "List channels by name", answer: "The channels, without their secrets.", run: listChannels },
    read: { summary: "Read a channel", answer: "The channel, without its secrets.", run: readChannel },
    put: {
      summary: "Write a channel",
      description:
        "The body is the whole spec. A secret is never sent: `{env: TIDEMARK_SECRET_…}` names the environment variable of the notifying process that holds it.",
      example: { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_PAGERDUTY_ROUTING_KEY" } },
    },
    delete: {
      summary: "Delete a channel",
      description: "409 while a receiver of the routing tree sends to it. Its deliveries stay in the log.",
      answer: "The channel is deleted.",
      refusals: [404, 409, 412],
      run: deleteChannel,
    },
  });
  return routes;
}

import { z } from "zod";
import { channelTypes } from "../channel.ts";
import { instant } from "./shared.ts";

export const channelSchema = z
  .object({
    name: z.string(),
    type: z.enum(channelTypes),
    enabled: z.boolean(),
    /** As it was written. A secret is never in it: `{env: NAME}` names the environment variable that holds it. */
    spec: z.record(z.string(), z.any()),
    /** The variables that the notifying process needs. */
    secrets: z.array(z.string()),
    /** The receivers of the routing tree that it belongs to. */
    receivers: z.array(z.string()),
    updatedAt: instant,
    updatedBy: z.string(),
  })
  .meta({ id: "Channel" });

export const routingTreeSchema = z
  .object({
    name: z.literal("default"),
    /** The tree that comes with the product, because none was applied. */
    isDefault: z.boolean(),
    spec: z.record(z.string(), z.any()),
    updatedAt: instant.nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: "RoutingTree" });

export const routesTestSchema = z
  .object({
    receivers: z.array(z.string()).meta({ description: "In the tree's order." }),
    routes: z.array(
      z.object({
        path: z.string().meta({ example: '{}/{severity="page"}' }),
        receiver: z.string(),
        channels: z.array(z.string()),
        groupLabels: z.record(z.string(), z.string()),
        groupWaitSeconds: z.number(),
        groupIntervalSeconds: z.number(),
        repeatIntervalSeconds: z.number(),
        /** Why the route sends nothing just now; null: it sends. */
        muted: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "RoutesTest" });

export type ChannelJson = z.infer<typeof channelSchema>;
export type RoutingTreeJson = z.infer<typeof routingTreeSchema>;
export type RoutesTestJson = z.infer<typeof routesTestSchema>;

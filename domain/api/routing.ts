import { z } from "zod";
import { channelSpec, channelTypes } from "../channel.ts";
import { routingTreeSpec } from "../routing.ts";
import { deliveryStates } from "./deliveries.ts";
import { asWritten, instant, specTag } from "./shared.ts";

/** A mail channel's settings for the monthly service-level digest. */
const channelDigestSchema = z
  .object({
    tier: z.string().nullable().meta({ description: "Only its types; null: of every tier." }),
    owner: z.string().nullable(),
    next: z.object({
      month: z.string().meta({ example: "2026-10", description: "The month of the next digest." }),
      dueAt: instant.meta({ description: "Sent at or after this, once each of its event types is frozen." }),
    }),
    last: z
      .object({
        month: z.string(),
        decidedAt: instant,
        deliveryId: z.string().nullable().meta({ description: "null: nothing was sent, or the log no longer has it." }),
        state: z.enum(deliveryStates).nullable(),
        nothingBecause: z.string().nullable().meta({ description: "Why nothing was sent." }),
      })
      .nullable()
      .meta({ description: "The last decided month. Requested digests are in the delivery log." }),
  })
  .meta({ id: "ChannelDigest" });

export const channelSchema = z
  .object({
    name: z.string(),
    type: z.enum(channelTypes),
    enabled: z.boolean(),
    spec: asWritten(channelSpec),
    etag: specTag,
    /** The variables that the notifying process needs. */
    secrets: z.array(z.string()),
    /** The receivers of the routing tree that it belongs to. */
    receivers: z.array(z.string()),
    onCall: z.array(z.string()).meta({ description: "The on-call schedules in which it reaches a person." }),
    digest: channelDigestSchema.nullable().meta({ description: "null: it sends no monthly digest." }),
    updatedAt: instant,
    updatedBy: z.string(),
  })
  .meta({ id: "Channel" });

export const routingTreeSchema = z
  .object({
    name: z.literal("default"),
    /** The built-in tree, used because none was applied. */
    isDefault: z.boolean(),
    spec: asWritten(routingTreeSpec),
    etag: specTag,
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
        onCall: z.array(z.string()).meta({ description: "Its on-call schedules." }),
        groupLabels: z.record(z.string(), z.string()),
        groupWaitSeconds: z.number(),
        groupIntervalSeconds: z.number(),
        repeatIntervalSeconds: z.number(),
        /** Why the route sends nothing right now; null: it sends. */
        muted: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "RoutesTest" });

export type ChannelDigestJson = z.infer<typeof channelDigestSchema>;
export type ChannelJson = z.infer<typeof channelSchema>;
export type RoutingTreeJson = z.infer<typeof routingTreeSchema>;
export type RoutesTestJson = z.infer<typeof routesTestSchema>;

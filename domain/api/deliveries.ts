import { z } from "zod";
import { subscriptionEvents } from "../subscription.ts";
import { notificationKinds, notificationSchema } from "./notification.ts";
import { instant } from "./shared.ts";

/** Whose messages they are: notifications for channels, or hours and days for consumers' webhooks. */
export const deliveryProducers = ["channel", "subscription"] as const;
export const deliveryStates = ["queued", "sent", "failed", "withdrawn"] as const;
export const deliveryKinds = [...notificationKinds, ...subscriptionEvents] as const;

/** One message to one channel, or to one consumer's webhook. */
export const deliverySchema = z
  .object({
    id: z.string(),
    dedupKey: z.string().meta({
      description: "The same on every retry: `webhook-id` of a webhook, the notification's name in the others.",
    }),
    channel: z.string().nullable().meta({ description: "null: it goes to a consumer's webhook." }),
    subscription: z.string().nullable().meta({ description: "The webhook of a consumer; null: it goes to a channel." }),
    kind: z.enum(deliveryKinds),
    state: z.enum(deliveryStates),
    title: z.string(),
    status: z
      .enum(["firing", "resolved"])
      .nullable()
      .meta({ description: "null: it is about an hour or a day, as below." }),
    severity: z.string().nullable(),
    receiver: z.string().meta({ description: "As the routing tree names it, or the consumer." }),
    incidentId: z.string().nullable(),
    groupKey: z.string().nullable(),
    alerts: z.number().int().meta({ description: "Number of alerts it reports." }),
    createdAt: instant,
    sentAt: instant.nullable(),
    attempts: z.number().int(),
    nextAttemptAt: instant.nullable().meta({ description: "null: no further attempt." }),
    withdrawnBecause: z.string().nullable(),
    lastDetail: z.string().nullable().meta({ description: "The outcome of the last attempt." }),
  })
  .meta({ id: "Delivery" });

export const deliveryAttemptSchema = z
  .object({
    at: instant,
    outcome: z.enum(["sent", "retryable", "permanent"]),
    status: z.number().int().nullable().meta({ description: "The receiver's HTTP or SMTP code." }),
    detail: z.string(),
    response: z.string().nullable().meta({
      description:
        "The beginning of what the receiver answered. null: nothing, or the caller may not respond (scope `respond`).",
    }),
    durationMs: z.number().int(),
  })
  .meta({ id: "DeliveryAttempt" });

/** What a consumer's webhook is sent, in short. The message itself is in the log of its subscription. */
const hourNewsSchema = z
  .object({
    title: z.string(),
    receiver: z.string(),
    state: z.string(),
    ready: z.boolean(),
    revision: z.number().int(),
  })
  .meta({ id: "HourNews" });

export const deliveryDetailSchema = deliverySchema
  .extend({
    tries: z.array(deliveryAttemptSchema).meta({ description: "Oldest first." }),
    notification: z.union([notificationSchema, hourNewsSchema]),
  })
  .meta({ id: "DeliveryDetail" });

export type DeliveryJson = z.infer<typeof deliverySchema>;
export type DeliveryDetailJson = z.infer<typeof deliveryDetailSchema>;

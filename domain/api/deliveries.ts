import { z } from "zod";
import { notificationKinds, notificationSchema } from "./notification.ts";
import { instant } from "./shared.ts";

export const deliveryStates = ["queued", "sent", "failed", "withdrawn"] as const;

/** One message to one channel. */
export const deliverySchema = z
  .object({
    id: z.string(),
    dedupKey: z.string().meta({
      description: "The same over every retry: `webhook-id` of a webhook, the notification's name in the others.",
    }),
    channel: z.string(),
    kind: z.enum(notificationKinds),
    state: z.enum(deliveryStates),
    title: z.string(),
    status: z.enum(["firing", "resolved"]),
    severity: z.string(),
    receiver: z.string(),
    incidentId: z.string().nullable(),
    groupKey: z.string().nullable(),
    alerts: z.number().int().meta({ description: "How many it tells." }),
    createdAt: instant,
    sentAt: instant.nullable(),
    attempts: z.number().int(),
    nextAttemptAt: instant.nullable().meta({ description: "null: it is not tried (again)." }),
    withdrawnBecause: z.string().nullable(),
    lastDetail: z.string().nullable().meta({ description: "What came of the last attempt." }),
  })
  .meta({ id: "Delivery" });

export const deliveryAttemptSchema = z
  .object({
    at: instant,
    outcome: z.enum(["sent", "retryable", "permanent"]),
    status: z.number().int().nullable().meta({ description: "The receiver's HTTP or SMTP code." }),
    detail: z.string(),
    durationMs: z.number().int(),
  })
  .meta({ id: "DeliveryAttempt" });

export const deliveryDetailSchema = deliverySchema
  .extend({
    tries: z.array(deliveryAttemptSchema).meta({ description: "Oldest first." }),
    notification: notificationSchema,
  })
  .meta({ id: "DeliveryDetail" });

export type DeliveryJson = z.infer<typeof deliverySchema>;
export type DeliveryDetailJson = z.infer<typeof deliveryDetailSchema>;

import { z } from "zod";
import { instant } from "./shared.ts";
import { situationSchema } from "./situation.ts";
import { sloDigestSchema } from "./slo-digest.ts";

export const notificationKinds = ["notify", "repeat", "escalate", "acknowledge", "test", "digest"] as const;

const labels = z.record(z.string(), z.string());
const status = z.enum(["firing", "resolved"]);

const notifiedAlert = z.object({
  fingerprint: z.string(),
  status,
  severity: z.string(),
  labels,
  annotations: labels,
  startsAt: instant,
  endsAt: instant.nullable(),
  value: z.number().nullable(),
});

const notifiedIncident = z.object({
  id: z.string(),
  title: z.string(),
  state: z.string(),
  severity: z.string(),
  since: instant.meta({ description: "The situation's onset." }),
  acknowledgedBy: z.string().nullable(),
  cause: z.string().meta({ description: "The likely cause, in a sentence; empty if none is known." }),
  hours: z.object({ affected: z.number().int(), recovered: z.number().int() }),
  situation: situationSchema
    .optional()
    .meta({ description: "When the message was written; absent in those from before situations were kept." }),
});

/** One complete message to one channel: stored with its delivery, so that a retry or replay sends the same. */
export const notificationSchema = z
  .object({
    kind: z.enum(notificationKinds).meta({
      description:
        "`notify`: a group's news; `repeat`: the same again, because it is still unresolved; `escalate`: not acknowledged in time; `acknowledge`: acknowledged; `test`: requested by a person; `digest`: a month's service levels.",
    }),
    status,
    dedupKey: z.string().meta({ description: "The same over retries: receivers deduplicate by it." }),
    threadKey: z.string().meta({
      description: "Shared by all messages of one incident, from open to resolve: receivers keep one page by it.",
    }),
    groupKey: z.string(),
    receiver: z.string(),
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: labels,
    incident: notifiedIncident.nullable(),
    title: z.string(),
    severity: z.string(),
    alerts: z.array(notifiedAlert),
    digest: sloDigestSchema.optional(),
    at: instant,
  })
  .meta({ id: "Notification" });

export type NotificationJson = z.infer<typeof notificationSchema>;

import { z } from "zod";
import { instant } from "./shared.ts";

export const rejectedMessageSummarySchema = z
  .object({
    id: z.string(),
    source: z.string().meta({ description: "`pubsub`, `kafka` or `http`." }),
    receivedAt: instant,
    reason: z.string(),
    faults: z.array(z.object({ pointer: z.string(), detail: z.string() })),
    attributes: z.record(z.string(), z.string()),
    payloadBytes: z.number().int().meta({ description: "Of the whole message." }),
    truncated: z.boolean().meta({ description: "Only the first 64 KiB were kept." }),
    resubmittedAt: instant.nullable(),
    resubmittedBy: z.string().nullable(),
  })
  .meta({ id: "RejectedMessageSummary" });

export const rejectedMessageSchema = rejectedMessageSummarySchema
  .extend({ payload: z.string() })
  .meta({ id: "RejectedMessage" });

export type RejectedMessageJson = z.infer<typeof rejectedMessageSchema>;

import { z } from "zod";
import { correctionActions } from "../correction.ts";
import { stages } from "../protocol/messages.ts";
import { verdictStates } from "../verdict.ts";
import { instant, specTag } from "./shared.ts";

export const correctionStates = ["applying", "active", "undoing", "undone"] as const;

const hour = z.string().meta({ example: "2026-11-22T13" });
const count = z.number().int();

export const correctionSchema = z
  .object({
    id: z.string(),
    action: z.enum(correctionActions),
    eventType: z.string().nullable(),
    datacenter: z.string().nullable(),
    stage: z.enum(stages).nullable(),
    reporter: z.string().nullable(),
    from: hour.nullable().meta({ description: "Included; null: without a bound." }),
    to: hour.nullable().meta({ description: "Excluded; null: without a bound." }),
    after: instant.nullable(),
    observedThrough: instant.nullable().meta({
      description:
        "Facts with an event time up to here are set aside, also if they arrive later. Facts observed afterwards count.",
    }),
    reason: z.string(),
    state: z.enum(correctionStates).meta({
      description: "`applying` and `undoing` while existing facts are moved.",
    }),
    affectedHours: count.meta({ description: "Hours judged again so far." }),
    createdAt: instant,
    createdBy: z.string(),
    undoneAt: instant.nullable(),
    undoneBy: z.string().nullable(),
    undoReason: z.string().nullable(),
    etag: specTag,
  })
  .meta({ id: "Correction" });

const figures = z.object({
  state: z.enum(verdictStates),
  closedAt: instant.nullable(),
  known: z.boolean(),
  produced: z.number(),
  delivered: z.number(),
  lost: z.number(),
  duplicated: z.number(),
  accepted: z.boolean(),
});

export const correctionPreviewSchema = z
  .object({
    action: z.enum(correctionActions),
    observedThrough: instant.nullable(),
    hourCount: count.meta({ description: "Hours that would be judged again." }),
    changedStates: count.meta({ description: "Number of `hours` that change state or become accepted." }),
    hours: z
      .array(z.object({ eventType: z.string(), hour, before: figures, after: figures }))
      .meta({ description: "The newest 100 of them." }),
    alsoUnknown: z.boolean().meta({
      description:
        "In some hours these are all of the datacenter's produced counts: it becomes unknown for every type.",
    }),
    consumers: z
      .array(z.object({ eventType: z.string(), name: z.string(), contact: z.string(), hoursRead: count }))
      .meta({
        description: "Consumers of the affected types, and how many of these hours they read at the gate.",
      }),
    subscriptions: count,
  })
  .meta({ id: "CorrectionPreview" });

export type CorrectionJson = z.infer<typeof correctionSchema>;
export type CorrectionPreviewJson = z.infer<typeof correctionPreviewSchema>;

import { z } from "zod";
import { stages } from "../protocol.ts";
import { sourceKinds, sourceSpec } from "../source.ts";
import { asWritten, instant, specTag } from "./shared.ts";

const sourceRunSchema = z
  .object({
    startedAt: instant,
    endedAt: instant,
    succeededAt: instant.nullable().meta({ description: "The end of the last collection that did not fail." }),
    failingSince: instant.nullable().meta({ description: "null: the last collection did not fail." }),
    error: z.string().nullable().meta({ description: "Why the last collection failed." }),
    problems: z.array(z.string()).meta({ description: "What the last collection could not use, and what to do." }),
    calls: z.number().int().meta({ description: "Requests that it took." }),
    events: z.number().int().meta({ description: "Facts that it gave." }),
    mapped: z.number().int().meta({ description: "Resources whose id a pattern matched." }),
    notMapped: z.number().int().meta({ description: "Resources whose id no pattern matched." }),
  })
  .meta({ id: "SourceRun" });

export const sourceSchema = z
  .object({
    name: z.string(),
    spec: asWritten(sourceSpec),
    etag: specTag,
    kind: z.enum(sourceKinds),
    state: z
      .enum(["waiting", "working", "failing", "disabled"])
      .meta({ description: "waiting: not collected yet. failing: the last collection failed." }),
    run: sourceRunSchema.nullable().meta({ description: "The last collection; null: none yet." }),
    updatedAt: instant,
    updatedBy: z.string(),
  })
  .meta({ id: "Source" });

const sourceLaneSchema = z
  .object({
    eventType: z.string(),
    datacenter: z.string(),
    stage: z
      .enum(stages)
      .nullable()
      .meta({ description: "What waits in the resource has not reached it; null: nothing waits in it." }),
    retentionSeconds: z.number().int().nullable().meta({ description: "How long the resource keeps what waits." }),
  })
  .meta({ id: "SourceLane" });

const sourceReadingSchema = z
  .object({
    metric: z.string(),
    value: z.number().nullable().meta({ description: "null: the metric is a text." }),
    text: z.string().nullable(),
    at: instant.meta({ description: "The end of the interval that it was measured over." }),
    seenAt: instant.meta({ description: "When it was collected." }),
    delaySeconds: z.number().int().meta({ description: "From its end until it was collected." }),
    sampledSeconds: z.number().int().meta({ description: "How often the source measures it." }),
  })
  .meta({ id: "SourceReading" });

export const sourceResourceSchema = z
  .object({
    kind: z.string(),
    id: z.string(),
    lanes: z.array(sourceLaneSchema).meta({ description: "What it feeds; empty: no pattern matches it." }),
    readings: z.array(sourceReadingSchema).meta({ description: "The newest point of each metric." }),
    seenAt: instant.meta({ description: "When a collection last saw it." }),
  })
  .meta({ id: "SourceResource" });

/** What a spec that is not saved yet would make of resources. */
export const sourcePreviewSchema = z
  .object({
    mapped: z.number().int().meta({ description: "Resources whose id a pattern matches." }),
    notMapped: z.number().int().meta({ description: "Resources whose id no pattern matches." }),
    eventTypes: z.array(z.string()).meta({ description: "That they would feed, at most 200." }),
    datacenters: z.array(z.string()).meta({ description: "Whose lanes they would feed, at most 200." }),
    resources: z
      .array(
        z.object({
          kind: z.string(),
          id: z.string(),
          lanes: z.array(sourceLaneSchema.omit({ retentionSeconds: true })),
        }),
      )
      .meta({ description: "At most 200: up to 100 without a match, then those with one." }),
  })
  .meta({ id: "SourcePreview" });

export type SourcePreviewJson = z.infer<typeof sourcePreviewSchema>;
export type SourceJson = z.infer<typeof sourceSchema>;
export type SourceResourceJson = z.infer<typeof sourceResourceSchema>;
export type SourceReadingJson = z.infer<typeof sourceReadingSchema>;

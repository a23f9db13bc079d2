import { z } from "zod";
import { causeCodes } from "../explain.ts";
import { stages } from "../protocol/messages.ts";
import { verdictStates } from "../verdict.ts";
import { instant } from "./shared.ts";

export const evidenceItemSchema = z
  .object({
    /** One fact, in a sentence. */
    fact: z.string(),
    at: instant.nullable(),
    figure: z.number().nullable(),
    unit: z.enum(["seconds", "events", "messages", "share", "types", "hours"]).nullable(),
  })
  .meta({ id: "EvidenceItem" });

export const causeSchema = z
  .object({
    code: z.enum(causeCodes),
    datacenter: z.string().nullable(),
    /** The first stage whose counts show it. */
    stage: z.enum(stages).nullable(),
    since: instant.nullable(),
    component: z.string().nullable(),
    instance: z.string().nullable(),
    version: z.string().nullable(),
    deploymentId: z.string().nullable(),
    /** Confidence, 0 to below 1. The sort key of the list; not a probability. */
    score: z.number(),
    sentence: z.string(),
    evidence: z.array(evidenceItemSchema),
  })
  .meta({ id: "Cause" });

/** `GET /event-types/{name}/hours/{hour}/explanation`: likeliest cause first; empty if there is nothing to explain. */
export const explanationSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    state: z.enum(verdictStates),
    causes: z.array(causeSchema),
    asOf: instant,
  })
  .meta({ id: "Explanation" });

/**
 * `GET /explanation`: the current problems of all types, grouped by shared cause; the one that affects most types
 * first.
 */
export const fleetExplanationSchema = z
  .object({
    causes: z.array(
      z.object({
        cause: causeSchema,
        eventTypes: z.array(z.string()),
        hours: z.number().int(),
        /** Of all types in trouble. */
        share: z.number(),
        sentence: z.string(),
      }),
    ),
    /** Types in trouble, with and without a known cause. */
    types: z.number().int(),
    asOf: instant,
  })
  .meta({ id: "FleetExplanation" });

export type FleetExplanationJson = z.infer<typeof fleetExplanationSchema>;
export type CauseJson = z.infer<typeof causeSchema>;
export type ExplanationJson = z.infer<typeof explanationSchema>;

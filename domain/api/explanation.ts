import { z } from "zod";
import { causeCodes } from "../explain.ts";
import { stages } from "../protocol/messages.ts";
import { verdictStates } from "../verdict.ts";
import { instant } from "./shared.ts";

export const evidenceItemSchema = z
  .object({
    /** One thing that is so, in a sentence. */
    fact: z.string(),
    at: instant.nullable(),
    figure: z.number().nullable(),
    unit: z.enum(["seconds", "events", "share", "types", "hours"]).nullable(),
  })
  .meta({ id: "EvidenceItem" });

export const causeSchema = z
  .object({
    code: z.enum(causeCodes),
    datacenter: z.string().nullable(),
    /** The first stage whose counts tell of it. */
    stage: z.enum(stages).nullable(),
    since: instant.nullable(),
    component: z.string().nullable(),
    instance: z.string().nullable(),
    version: z.string().nullable(),
    deploymentId: z.string().nullable(),
    /** 0 to below 1: how much speaks for it. What the list is ordered by; no probability. */
    score: z.number(),
    sentence: z.string(),
    evidence: z.array(evidenceItemSchema),
  })
  .meta({ id: "Cause" });

/** `GET /event-types/{name}/hours/{hour}/explanation`: the likeliest cause first; empty where there is nothing to explain. */
export const explanationSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    state: z.enum(verdictStates),
    causes: z.array(causeSchema),
    asOf: instant,
  })
  .meta({ id: "Explanation" });

/** `GET /explanation`: what troubles types now, gathered by what they share; what concerns most types comes first. */
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

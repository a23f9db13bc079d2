import { z } from "zod";
import { causeCodes } from "../explain.ts";
import { stages } from "../protocol/messages.ts";
import { muteReasons, onsetSources, phases } from "../situation/situation.ts";
import { deploymentSchema } from "./catalogue.ts";
import { evidenceItemSchema } from "./explanation.ts";
import { instant } from "./shared.ts";

const count = z.number().int();

const evidence = z
  .object({
    code: z.string().meta({ description: "The kind of sign." }),
    figure: z.number().nullable(),
    unit: evidenceItemSchema.shape.unit,
    of: z.number().nullable().meta({ description: "The whole that the figure is part of, in the same unit." }),
    asOf: instant,
    fact: z.string().meta({ description: "The same in a sentence." }),
  })
  .meta({ id: "Evidence" });

const likelyCause = z
  .object({
    code: z.enum(causeCodes),
    datacenter: z.string().nullable(),
    stage: z.enum(stages).nullable(),
    component: z.string().nullable(),
    instance: z.string().nullable(),
    version: z.string().nullable(),
    deploymentId: z.string().nullable(),
    score: z.number().meta({ description: "Confidence, 0 to below 1. Not a probability." }),
    sentence: z.string(),
    evidence: z.array(evidence).meta({ description: "Over the whole extent, strongest first." }),
    changes: count.optional().meta({ description: "How often it was replaced after the first minutes." }),
  })
  .meta({ id: "LikelyCause" });

const hour = z.string().meta({ example: "2026-11-22T13" });

const extent = z
  .object({
    datacenters: z.array(z.string()),
    stage: z.enum(stages).nullable(),
    eventTypes: z.array(z.string()).meta({ description: "The first 50 by name." }),
    eventTypeCount: count,
    hours: z
      .object({
        first: hour,
        last: hour,
        affected: count,
        eventTypeCount: count.optional().meta({ description: "Of the affected hours; absent in older records." }),
        final: count.meta({ description: "In a final state and not accepted, complete or not." }),
        accepted: count,
        lossy: count.meta({ description: "Of the final ones those that are not complete." }),
      })
      .nullable()
      .meta({ description: "null: no hour is affected." }),
  })
  .meta({ id: "Extent" });

const impact = z
  .object({
    missedDeadlines: count,
    hoursAtRisk: count.meta({
      description:
        "Not closed, deadline ahead, more likely than not to miss it, and not closed before it by the expected recovery.",
    }),
    lost: count.meta({ description: "Of final hours, as are `duplicated` and `produced`." }),
    duplicated: count,
    produced: count.nullable(),
    consumers: z
      .array(z.object({ name: z.string(), contact: z.string(), waits: count }))
      .meta({ description: "The first 20, and how many affected hours each cannot read yet." }),
    consumerCount: count,
  })
  .meta({ id: "Impact" });

/** Everything that is said of an incident: screens, notifications and answers all read this. */
export const situationSchema = z
  .object({
    title: z.string(),
    phase: z.enum(phases),
    phaseSince: instant,
    onset: z.object({
      at: instant,
      source: z.enum(onsetSources).meta({ description: "What it is known by." }),
      earliestAt: instant.optional().meta({
        description:
          "Only a source's samples show it, late: it began between then and `at`. Absent: reporters show it.",
      }),
    }),
    cause: likelyCause,
    extent,
    impact,
    deployed: z
      .array(deploymentSchema.omit({ url: true }))
      .meta({ description: "Around the onset, at its place, whether or not it is the cause." }),
    recovery: z
      .object({
        p50At: instant,
        p90At: instant,
        trend: z.enum(["sooner", "steady", "later"]),
        asOf: instant,
      })
      .nullable()
      .meta({ description: "When all that waits is expected to be closed." }),
    muted: z
      .object({
        reason: z.enum(muteReasons),
        until: instant.nullable(),
      })
      .nullable()
      .meta({
        description:
          "Why none of its firing alerts is notified, and once none fires, why none was; null: they are notified.",
      }),
    sentence: z.string().meta({ description: "All of it in one or two sentences." }),
  })
  .meta({ id: "Situation" });

/** One of `GET /incidents/{id}/revisions`. */
export const incidentRevisionSchema = z
  .object({
    revision: count,
    at: instant,
    reason: z.string().meta({ description: "What changed, in sentences." }),
    situation: situationSchema,
  })
  .meta({ id: "IncidentRevision" });

export type SituationJson = z.infer<typeof situationSchema>;
export type IncidentRevisionJson = z.infer<typeof incidentRevisionSchema>;

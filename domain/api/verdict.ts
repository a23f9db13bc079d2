import { z } from "zod";
import { citedFacts } from "../source/citation.ts";
import { sourceKinds } from "../source/kinds.ts";
import { verdictStates } from "../verdict.ts";
import { acceptedSchema } from "./accepted.ts";
import { instant } from "./shared.ts";

export const reasonCodes = [
  "reporters_missing",
  "datacenter_open",
  "datacenter_silent",
  "counts_missing",
  "lost_events",
  "duplicate_events",
  "telemetry_stale",
] as const;

const count = z.number().int();

/** One hour's verdict as a list shows it. */
export const verdictSummarySchema = z
  .object({
    eventType: z.string(),
    hour: z.string().meta({ example: "2026-11-22T13" }),
    state: z.enum(verdictStates),
    revision: count,
    amended: z.boolean(),
    endsAt: instant,
    deadlineAt: instant,
    closedAt: instant.nullable(),
    closingDelaySeconds: z.number().nullable(),
    deadlineMet: z.boolean().nullable(),
    produced: count,
    delivered: count,
    lost: count,
    duplicated: count,
    skewed: count,
    completeness: z.number().nullable(),
    accepted: acceptedSchema.nullable(),
    asOf: instant,
  })
  .meta({ id: "VerdictSummary" });

/** Where a fact came from that no reporter stated. */
export const citationSchema = z
  .object({
    fact: z.enum(citedFacts),
    source: z.string().meta({ description: "Its name in `GET /sources`." }),
    kind: z.enum(sourceKinds),
    sampledSeconds: z.number().meta({ description: "How often the source measures it." }),
    visibleSeconds: z.number().meta({ description: "How late the source shows a sample, at most." }),
    message: z.string(),
  })
  .meta({ id: "Citation" });

export const datacenterEvidenceSchema = z
  .object({
    name: z.string(),
    closed: z.boolean(),
    closedAt: instant.nullable(),
    watermark: instant.nullable(),
    known: z.boolean(),
    produced: count.nullable(),
    published: count.nullable(),
    delivered: count,
    lost: count,
    duplicated: count,
    /** For a type that expects its reporters. */
    reportersExpected: count.optional(),
    reportersMissing: count.optional(),
    measuredBy: z
      .array(citationSchema)
      .optional()
      .meta({ description: "The sources of its facts. Absent: reporters stated them all." }),
  })
  .meta({ id: "DatacenterEvidence" });

export const reasonSchema = z
  .object({
    code: z.enum(reasonCodes),
    datacenter: z.string().optional(),
    message: z.string(),
    /** For `reporters_missing`: up to 100, largest usual share of the datacenter's produced first; null: unknown. */
    reporters: z.array(z.object({ name: z.string(), usualShare: z.number().nullable() })).optional(),
  })
  .meta({ id: "Reason" });

export const forecastSchema = z
  .object({ breachProbability: z.number(), closesAt: z.object({ p50: instant, p90: instant }) })
  .meta({ id: "Forecast" });

/** One verdict with its evidence. `forecast` is null when there is no basis for one. */
export const verdictSchema = verdictSummarySchema
  .extend({
    datacenters: z.array(datacenterEvidenceSchema),
    reasons: z.array(reasonSchema),
    forecast: forecastSchema.nullable(),
  })
  .meta({ id: "Verdict" });

export const revisionSchema = verdictSummarySchema
  .omit({ asOf: true })
  .extend({
    correction: z
      .string()
      .nullable()
      .meta({ description: "The correction, made, ended or undone, that it comes from." }),
    knownAt: instant,
  })
  .meta({ id: "VerdictRevision" });

export type VerdictSummaryJson = z.infer<typeof verdictSummarySchema>;
export type VerdictJson = z.infer<typeof verdictSchema>;
export type CitationJson = z.infer<typeof citationSchema>;
export type DatacenterEvidenceJson = z.infer<typeof datacenterEvidenceSchema>;
export type RevisionJson = z.infer<typeof revisionSchema>;

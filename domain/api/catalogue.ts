import { z } from "zod";
import { datacenterSpec, eventTypeSpec, tierSpec } from "../catalogue/documents.ts";
import { catalogueKinds } from "../catalogue/parse-document.ts";
import { catalogueStatuses } from "../catalogue/status.ts";
import { asWritten, instant, specTag } from "./shared.ts";

export const eventTypeSchema = z
  .object({
    name: z.string(),
    status: z.enum(catalogueStatuses),
    owner: z.string().nullable(),
    tier: z.string().nullable(),
    deadlineSeconds: z.number().int().nullable(),
    /** null: every claimed datacenter active in the hour. */
    datacenters: z.array(z.string()).nullable(),
    activeFrom: instant.nullable(),
    activeTo: instant.nullable(),
    maxLost: z.number(),
    maxDuplicated: z.number(),
    settleSeconds: z.number().int(),
    /** Silence about this type counts as zero at a datacenter that reported other types. */
    impliedZero: z.boolean(),
    /** Reporters that counted it recently are expected to count it again. */
    expectReporters: z.boolean(),
    description: z.string().nullable(),
    labels: z.record(z.string(), z.string()),
    discoveredAt: instant,
    /** The last hour of the unbroken run of complete hours, by name; null before the first. */
    completeThrough: z.string().nullable(),
    /** Hours after completeThrough that are not complete although a later one is, oldest first, at most 100. */
    holes: z.array(z.string()),
    /** The total number of holes. */
    holeCount: z.number().int(),
    /** The spec as PUT accepts it; sending it back unchanged changes nothing. null: not claimed. */
    spec: asWritten(eventTypeSpec).nullable(),
    etag: specTag,
  })
  .meta({ id: "EventType" });

export const datacenterSchema = z
  .object({
    name: z.string(),
    displayName: z.string().nullable(),
    status: z.enum(catalogueStatuses),
    activeFrom: instant.nullable(),
    activeTo: instant.nullable(),
    discoveredAt: instant,
    lastSeenAt: instant.nullable(),
    /** What runs there, from heartbeats. */
    components: z.array(
      z.object({
        component: z.string(),
        instance: z.string(),
        version: z.string().nullable(),
        startedAt: instant.nullable(),
        lastSeenAt: instant,
      }),
    ),
    /** The spec as PUT accepts it; sending it back unchanged changes nothing. null: not claimed. */
    spec: asWritten(datacenterSpec).nullable(),
    etag: specTag,
  })
  .meta({ id: "Datacenter" });

export const tierSchema = z
  .object({
    name: z.string(),
    /** As PUT accepts it; sending it back unchanged changes nothing. */
    spec: asWritten(tierSpec),
    etag: specTag,
  })
  .meta({ id: "Tier" });

export const deploymentSchema = z
  .object({
    id: z.string(),
    datacenter: z.string().nullable(),
    component: z.string(),
    version: z.string(),
    deployedAt: instant,
    deployedBy: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: "Deployment" });
export const recordedDeploymentSchema = deploymentSchema.pick({ id: true }).meta({ id: "Recorded" });

const jsonTypes = ["string", "number", "boolean", "null"].map((type) => ({ type }));
const jsonReference = { $ref: "#/components/schemas/JsonValue" };

/** Any JSON value. */
export const jsonValueSchema = z.any().meta({
  id: "JsonValue",
  anyOf: [
    ...jsonTypes,
    { type: "array", items: jsonReference },
    { type: "object", additionalProperties: jsonReference },
  ],
});

const fieldValue = z
  .any()
  .refine((value) => value !== undefined)
  .meta({ $ref: "#/components/schemas/JsonValue", description: "As the files write it; null: not said." });

const effect = z
  .object({
    hoursCreated: z.number().int(),
    hoursDeleted: z.number().int(),
    hoursRejudged: z.number().int(),
    becomeLate: z.number().int().nullable().meta({
      description:
        "Hours that miss their deadline by the new terms only; null: not counted, for datacenters come or go.",
    }),
    becomeOnTime: z.number().int().nullable(),
    estimated: z.boolean().meta({ description: "Counted in the newest 500,000 hours and scaled up." }),
    beginToWait: z
      .number()
      .int()
      .meta({ description: "Of a datacenter: event types that begin to wait for it; of a type: datacenters." }),
    stopWaiting: z.number().int(),
  })
  .meta({ id: "CatalogueEffect" });

/** What an apply changed or would change. */
export const applyResultSchema = z
  .object({
    changes: z.array(
      z.object({
        kind: z.enum(catalogueKinds),
        name: z.string(),
        action: z.enum(["create", "claim", "update", "unchanged"]),
        fields: z.array(z.object({ field: z.string(), from: fieldValue, to: fieldValue })),
        effect: effect.nullish().meta({ description: "In a dry run: what it would do to verdicts; null: nothing." }),
      }),
    ),
    applied: z.boolean().meta({ description: "False for a dry run, and when nothing had to change." }),
  })
  .meta({ id: "ApplyResult" });

export type EventTypeJson = z.infer<typeof eventTypeSchema>;
export type DatacenterJson = z.infer<typeof datacenterSchema>;
export type TierJson = z.infer<typeof tierSchema>;
export type DeploymentJson = z.infer<typeof deploymentSchema>;
export type ApplyResultJson = z.infer<typeof applyResultSchema>;
export type CatalogueChangeJson = ApplyResultJson["changes"][number];

import { z } from "zod";
import { catalogueStatuses } from "../catalogue/status.ts";
import { instant } from "./shared.ts";

/** As written in a file, without defaults: can be sent back unchanged. null: not claimed. */
const writtenSpec = z
  .record(z.string(), z.any())
  .nullable()
  .meta({ description: "What a PUT of this name takes: sent back as it is, it changes nothing. null: not claimed." });

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
    spec: writtenSpec,
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
    spec: writtenSpec,
  })
  .meta({ id: "Datacenter" });

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

export type EventTypeJson = z.infer<typeof eventTypeSchema>;
export type DatacenterJson = z.infer<typeof datacenterSchema>;
export type DeploymentJson = z.infer<typeof deploymentSchema>;

import { z } from "zod";
import { deploymentHookSpec } from "../deployment-hook.ts";
import { deploymentSchema } from "./catalogue.ts";
import { asWritten, instant, specTag } from "./shared.ts";

export const hookOutcomes = ["recorded", "not_mapped", "ignored", "refused"] as const;
export type HookOutcome = (typeof hookOutcomes)[number];

/** A delivery, as the hook's page lists it. */
export const loggedDeliverySchema = z
  .object({
    id: z.string(),
    receivedAt: instant,
    outcome: z.enum(hookOutcomes),
    detail: z.string().meta({ description: "What was recorded, or why nothing was." }),
    times: z.number().int().meta({ description: "Refusals for one reason within a moment are counted in one item." }),
  })
  .meta({ id: "LoggedHookDelivery" });

export const deploymentHookSchema = z
  .object({
    name: z.string(),
    spec: asWritten(deploymentHookSpec),
    etag: specTag,
    secretIsSet: z.boolean().meta({
      description:
        "Whether Tidemark made it a secret, or the variable that the spec names is set where the API runs. Otherwise every delivery is refused.",
    }),
    previousSecretUntil: instant
      .nullable()
      .meta({ description: "Until when the secret before the last rotation works." }),
    /** Authentic deliveries, the deployments they recorded, and those that no mapping matched. */
    deliveries: z.number().int(),
    recorded: z.number().int(),
    notMapped: z.number().int(),
    lastDeliveryAt: instant.nullable(),
    refused: z.number().int().meta({ description: "Deliveries that were refused, most of them for their secret." }),
    lastRefusedAt: instant.nullable(),
    /** The newest, refused or not. */
    lastDelivery: z.union([loggedDeliverySchema, z.null()]),
    /** What no mapping matched, newest first, at most 100. */
    notMappedSubjects: z.array(
      z.object({ subject: z.string(), deliveries: z.number().int(), firstSeenAt: instant, lastSeenAt: instant }),
    ),
    updatedAt: instant,
    updatedBy: z.string(),
  })
  .meta({ id: "DeploymentHook" });

/** What only the answer to a rotation has. */
export const hookSecretSchema = z
  .object({
    name: z.string(),
    secret: z.string().meta({ description: "Enter it at the release tool. Shown only once." }),
  })
  .meta({ id: "DeploymentHookSecret" });

/** The answer to a delivery; release tools keep it in their logs. */
export const hookDeliverySchema = z
  .object({
    outcome: z.enum(hookOutcomes).exclude(["refused"]),
    recorded: z.array(deploymentSchema.pick({ id: true, component: true, version: true, datacenter: true })),
    notMapped: z.array(z.string()).meta({ description: "The subjects that no mapping of the hook matches." }),
    detail: z.string(),
  })
  .meta({ id: "HookDelivery" });

export type DeploymentHookJson = z.infer<typeof deploymentHookSchema>;
export type LoggedDeliveryJson = z.infer<typeof loggedDeliverySchema>;
export type HookDeliveryJson = z.infer<typeof hookDeliverySchema>;

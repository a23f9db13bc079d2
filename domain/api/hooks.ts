import { z } from "zod";
import { deploymentHookSpec } from "../deployment-hook.ts";
import { deploymentSchema } from "./catalogue.ts";
import { asWritten, instant, specTag } from "./shared.ts";

export const deploymentHookSchema = z
  .object({
    name: z.string(),
    spec: asWritten(deploymentHookSpec),
    etag: specTag,
    /** Whether the variable that holds its secret is set where the API runs: without it every delivery is refused. */
    secretIsSet: z.boolean(),
    /** Authentic deliveries, the deployments they recorded, and those that no mapping matched. */
    deliveries: z.number().int(),
    recorded: z.number().int(),
    notMapped: z.number().int(),
    lastDeliveryAt: instant.nullable(),
    /** What no mapping matched, newest first, at most 100. */
    notMappedSubjects: z.array(
      z.object({ subject: z.string(), deliveries: z.number().int(), firstSeenAt: instant, lastSeenAt: instant }),
    ),
    updatedAt: instant,
    updatedBy: z.string(),
  })
  .meta({ id: "DeploymentHook" });

/** The answer to a delivery; release tools keep it in their logs. */
export const hookDeliverySchema = z
  .object({
    outcome: z.enum(["recorded", "not_mapped", "ignored"]),
    recorded: z.array(deploymentSchema.pick({ id: true, component: true, version: true, datacenter: true })),
    notMapped: z.array(z.string()).meta({ description: "The subjects that no mapping of the hook matches." }),
    detail: z.string(),
  })
  .meta({ id: "HookDelivery" });

export type DeploymentHookJson = z.infer<typeof deploymentHookSchema>;
export type HookDeliveryJson = z.infer<typeof hookDeliverySchema>;

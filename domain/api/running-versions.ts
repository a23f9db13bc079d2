import { z } from "zod";
import { runningStandings, versionStandings } from "../running-versions.ts";
import { deploymentSchema } from "./catalogue.ts";
import { instant } from "./shared.ts";

/** As many instances of a version are named. */
export const maxNamedInstances = 20;

/** A component at a datacenter: what runs there, by heartbeats, against what was deployed last. */
export const runningComponentSchema = z
  .object({
    component: z.string(),
    /** null: deployed everywhere, and no instance of it was ever heard. */
    datacenter: z.string().nullable(),
    standing: z.enum(runningStandings),
    /** The deployment in force: the last one here or everywhere; null: none is known. */
    declared: deploymentSchema.nullable(),
    /** The instances heard within 15 minutes, and how many of them run the version in force. */
    instances: z.number().int(),
    asDeployed: z.number().int(),
    /** What runs, the version in force first. */
    versions: z.array(
      z.object({
        /** null: its instances do not say it. */
        version: z.string().nullable(),
        standing: z.enum(versionStandings),
        /** Heard within 15 minutes, and not. */
        instances: z.number().int(),
        silentInstances: z.number().int(),
        /** When the first of its instances was started, as they report it; null: they do not. */
        runningSince: instant.nullable(),
        lastSeenAt: instant,
        /** When it was last deployed here; null: no deployment names it. */
        declaredAt: instant.nullable(),
        /** Its instances by name, at most 20, those heard first. */
        names: z.array(z.string()).max(maxNamedInstances),
      }),
    ),
  })
  .meta({ id: "RunningComponent" });

export const runningVersionListSchema = z
  .object({ items: z.array(runningComponentSchema), nextCursor: z.string().nullable(), asOf: instant })
  .meta({ id: "RunningVersionList" });

export type RunningComponentJson = z.infer<typeof runningComponentSchema>;
export type RunningVersionListJson = z.infer<typeof runningVersionListSchema>;

import { z } from "zod";
import { instant } from "./shared.ts";

const figures = z.array(z.number().nullable());

/** `GET /event-types/{name}/history`: a type's hours as columns, oldest first; null where an hour has no verdict. */
export const historySchema = z
  .object({
    eventType: z.string(),
    from: z.string().meta({ example: "2026-10-24T00" }),
    deadlineSeconds: z.number().int(),
    closingDelaySeconds: figures.meta({ description: "null too while an hour is not closed." }),
    produced: figures,
    lost: figures,
    duplicated: figures,
    skewed: figures,
    deployments: z.array(
      z.object({
        id: z.string(),
        component: z.string(),
        version: z.string(),
        datacenter: z.string().nullable(),
        deployedAt: instant,
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "TypeHistory" });

export type HistoryJson = z.infer<typeof historySchema>;

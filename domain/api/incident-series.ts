import { z } from "zod";
import { instant } from "./shared.ts";

const markKinds = ["closing", "deployment", "act", "notification"] as const;

const mark = z
  .object({
    at: instant,
    kind: z.enum(markKinds),
    text: z.string(),
  })
  .meta({ id: "IncidentMark" });

/** How an incident went: what `GET /incidents/{id}/series` answers. */
export const incidentSeriesSchema = z
  .object({
    from: instant,
    to: instant,
    stepSeconds: z.number().int().meta({ description: "Points are at most one a step, at most 720 in all." }),
    datacenters: z.array(z.string()).meta({ description: "What each point’s `lagSeconds` are of." }),
    points: z.array(
      z.object({
        at: instant,
        firing: z.number().int().meta({ description: "Its alerts that fired." }),
        waiting: z.number().int().nullable().meta({
          description: "Events produced and not delivered, in hours that its lanes had not closed; null: unknown.",
        }),
        lagSeconds: z
          .array(z.number().int().nullable())
          .meta({ description: "How far behind each datacenter’s slowest watermark was; null: unknown." }),
      }),
    ),
    marks: z.array(mark).meta({ description: "Oldest first, the first 200 of each kind." }),
  })
  .meta({ id: "IncidentSeries" });

export type IncidentSeriesJson = z.infer<typeof incidentSeriesSchema>;
export type IncidentMarkJson = z.infer<typeof mark>;

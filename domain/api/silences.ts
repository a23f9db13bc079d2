import { z } from "zod";
import { severities } from "../alert-rule.ts";
import { instant } from "./shared.ts";

export const silenceStates = ["pending", "active", "resting", "expired"] as const;

export const silenceSchema = z
  .object({
    id: z.string(),
    /** Of the document that it comes from; null: made by hand. */
    name: z.string().nullable(),
    matchers: z.array(z.string()).meta({ example: ['datacenter="ams"'] }),
    startsAt: instant,
    endsAt: instant,
    /** Time intervals as the routing tree writes them; null: all the time from start to end. */
    recurrence: z.array(z.record(z.string(), z.any())).nullable(),
    reason: z.string(),
    state: z.enum(silenceStates).meta({ description: "`resting`: between two of its recurrences." }),
    createdBy: z.string(),
    createdAt: instant,
    /** Who ended it before its time. */
    expiredBy: z.string().nullable(),
  })
  .meta({ id: "Silence" });

const hiddenAlert = z.object({
  fingerprint: z.string(),
  rule: z.string(),
  severity: z.enum(severities),
  labels: z.record(z.string(), z.string()),
  /** Since when it fires, or when it began to. */
  firingSince: instant,
  incidentId: z.string().nullable(),
});

/** What a silence hides now, and what it would have hidden had it stood for the last seven days. */
export const silencePreviewSchema = z
  .object({
    now: z.object({ count: z.number().int(), alerts: z.array(hiddenAlert) }),
    lastWeek: z.object({
      from: instant,
      to: instant,
      /** How often an alert that it hides began to fire, and how often of these a person would have been paged. */
      count: z.number().int(),
      pages: z.number().int(),
      incidents: z.number().int(),
      byRule: z.array(z.object({ rule: z.string(), count: z.number().int() })),
      /** The latest 100. */
      alerts: z.array(hiddenAlert),
      /** False: there were more than could be looked at, and these are the latest. */
      complete: z.boolean(),
    }),
  })
  .meta({ id: "SilencePreview" });

export type SilenceJson = z.infer<typeof silenceSchema>;
export type SilencePreviewJson = z.infer<typeof silencePreviewSchema>;

import { z } from "zod";
import { severities } from "../alert-rule.ts";
import { timeIntervalsSpec } from "../routing/time/time-interval-schema.ts";
import { silenceRequestFields } from "../silence.ts";
import { asWritten, instant, specTag } from "./shared.ts";

export const silenceStates = ["pending", "active", "resting", "expired"] as const;

const silenceWindow = z.object({ startsAt: instant, endsAt: instant });

export const silenceSchema = z
  .object({
    id: z.string(),
    /** The document that it comes from; null: created by hand. */
    name: z.string().nullable(),
    matchers: z.array(z.string()).meta({ example: ['datacenter="ams"'] }),
    startsAt: instant,
    endsAt: instant,
    /** Time intervals as written in a routing tree; null: active from start to end. */
    recurrence: asWritten(timeIntervalsSpec).nullable(),
    reason: z.string(),
    state: z.enum(silenceStates).meta({ description: "`resting`: between two of its recurrences." }),
    createdBy: z.string(),
    createdAt: instant,
    /** Who ended it early, who moved its end last, and who changed its other fields last. */
    expiredBy: z.string().nullable(),
    extendedBy: z.string().nullable(),
    updatedBy: z.string().nullable(),
    next: z.array(silenceWindow).meta({ description: "The next three periods, the current one first." }),
    etag: specTag,
  })
  .meta({ id: "Silence" });

const answered = silenceSchema
  .omit({ matchers: true, startsAt: true, endsAt: true, recurrence: true, reason: true })
  .partial().shape;

/** What only answers have. A PUT may send it back: it is ignored. */
export const answeredSilenceMembers: readonly string[] = Object.keys(answered);

export const silenceRequest = z.object(silenceRequestFields).meta({ id: "SilenceRequest" });

export const silenceUpdate = z.object({ ...silenceRequestFields, ...answered }).meta({ id: "SilenceUpdate" });

const hiddenAlert = z.object({
  fingerprint: z.string(),
  rule: z.string(),
  severity: z.enum(severities),
  labels: z.record(z.string(), z.string()),
  /** Since when it has fired, or when it began to. */
  firingSince: instant,
  incidentId: z.string().nullable(),
});

/** What a silence hides now, and what it would have hidden over the last seven days. */
export const silencePreviewSchema = z
  .object({
    now: z.object({ count: z.number().int(), alerts: z.array(hiddenAlert) }),
    lastWeek: z.object({
      from: instant,
      to: instant,
      /** How often alerts that it hides began to fire, and how many of those would have paged. */
      count: z.number().int(),
      pages: z.number().int(),
      incidents: z.number().int(),
      byRule: z.array(z.object({ rule: z.string(), count: z.number().int() })),
      /** The latest 100. */
      alerts: z.array(hiddenAlert),
      /** False: there were too many to evaluate, and these are the latest. */
      complete: z.boolean(),
    }),
    next: z.array(silenceWindow).meta({ description: "With an `endsAt`: the next three periods." }),
  })
  .meta({ id: "SilencePreview" });

export type SilenceJson = z.infer<typeof silenceSchema>;
export type SilencePreviewJson = z.infer<typeof silencePreviewSchema>;

import { z } from "zod";
import { verdictStates } from "../verdict.ts";
import { acceptedSchema } from "./accepted.ts";
import { problemSchema } from "./problem.ts";
import { instant } from "./shared.ts";
import { forecastSchema, reasonSchema } from "./verdict.ts";

const count = z.number().int();

/** The request. */
const rangeSchema = z.object({
  eventTypes: z.array(z.string()),
  day: z.string().nullable().meta({ description: "null for a range.", example: "2026-11-27" }),
  zone: z.string().nullable().meta({ example: "Europe/Stockholm" }),
  from: z.string().meta({ example: "2026-11-26T23" }),
  to: z.string().meta({ description: "The hour to stop before.", example: "2026-11-27T23" }),
  totalHours: count.meta({ description: "Of all event types together." }),
  readyHours: count,
  accepted: z
    .array(acceptedSchema.extend({ eventType: z.string(), hour: z.string(), state: z.enum(verdictStates) }))
    .meta({
      description: "Hours that are ready only because their owner accepted them, oldest first, at most 200.",
    }),
  acceptedHours: count.meta({ description: "Number of accepted hours." }),
});

/** An hour that a job cannot read yet. */
const notReadyHourSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    state: z.enum(verdictStates),
    completeness: z.number().nullable(),
    deadlineAt: instant,
    reasons: z.array(reasonSchema),
    forecast: forecastSchema.nullable(),
  })
  .meta({ id: "NotReadyHour" });

const typeTotalsSchema = z
  .object({
    eventType: z.string(),
    hours: count,
    produced: count,
    delivered: count,
    lost: count,
    duplicated: count,
    completeness: z.number().nullable(),
  })
  .meta({ id: "RangeTotals" });

/** Every hour of all types is ready. */
export const readyRangeSchema = rangeSchema
  .extend({ ready: z.literal(true), types: z.array(typeTotalsSchema), asOf: instant })
  .meta({ id: "ReadyRange" });

const waiting = {
  notReady: z.array(notReadyHourSchema).meta({ description: "Oldest first, at most 200." }),
  more: count.meta({ description: "Number of further hours that are not ready." }),
  expectedAt: instant.nullable().meta({
    description: "When the last of them will be closed (p90); null while one of them has no forecast.",
  }),
};

/** The members of the gate's problem beyond those of every problem. */
const notReadyRangeSchema = rangeSchema.extend({ ready: z.literal(false), ...waiting, asOf: instant });
export const rangeNotReadySchema = problemSchema.extend(notReadyRangeSchema.shape).meta({ id: "RangeNotReady" });

/** The readiness of a range, ready or not. */
export const rangeReadinessSchema = rangeSchema
  .extend({
    ready: z.boolean(),
    sentence: z.string(),
    types: z.array(
      z.object({
        eventType: z.string(),
        hours: z
          .array(
            z
              .object({
                hour: z.string(),
                state: z.enum(verdictStates),
                ready: z.boolean(),
                amended: z.boolean(),
                accepted: z.boolean(),
              })
              .nullable(),
          )
          .meta({ description: "`from` first; null: the type is not active in the hour." }),
      }),
    ),
    ...waiting,
    asOf: instant,
  })
  .meta({ id: "RangeReadiness" });

export type ReadyRangeJson = z.infer<typeof readyRangeSchema>;
export type NotReadyRangeJson = z.infer<typeof notReadyRangeSchema>;
export type NotReadyHourJson = z.infer<typeof notReadyHourSchema>;
export type RangeReadinessJson = z.infer<typeof rangeReadinessSchema>;

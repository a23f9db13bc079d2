import { z } from "zod";
import { onCallScheduleSpec } from "../on-call.ts";
import { asWritten, instant, specTag } from "./shared.ts";

export const onCallOverrideSchema = z
  .object({
    id: z.string(),
    person: z.string(),
    startsAt: instant,
    endsAt: instant,
    reason: z.string().nullable(),
    source: z.enum(["person", "calendar"]).meta({ description: "Created by someone, or imported from a calendar." }),
    /** False: the schedule no longer has the person. */
    counts: z.boolean(),
    createdBy: z.string(),
    createdAt: instant,
    removedBy: z.string().nullable().meta({ description: "Who removed it; null: it is in effect." }),
    removedAt: instant.nullable(),
  })
  .meta({ id: "OnCallOverride" });

export const onCallShiftSchema = z
  .object({
    person: z.string(),
    startsAt: instant,
    endsAt: instant,
    layer: z.string().nullable().meta({ description: "Whose turn it is; null: an override." }),
    overrideId: z.string().nullable(),
  })
  .meta({ id: "OnCallShift" });

export const onCallScheduleSchema = z
  .object({
    name: z.string(),
    spec: asWritten(onCallScheduleSpec),
    etag: specTag,
    timeZone: z.string(),
    now: onCallShiftSchema.nullable().meta({ description: "null: no one is on call." }),
    next: onCallShiftSchema.nullable().meta({ description: "The shift after it; null: none within 92 days." }),
    overrides: z.array(onCallOverrideSchema).meta({ description: "Those that are neither over nor removed." }),
    receivers: z.array(z.string()).meta({ description: "The receivers that notify it, at first or in escalations." }),
    updatedAt: instant,
    updatedBy: z.string(),
  })
  .meta({ id: "OnCallSchedule" });

export const onCallShiftsSchema = z
  .object({ name: z.string(), from: instant, to: instant, items: z.array(onCallShiftSchema) })
  .meta({ id: "OnCallShifts" });

/** The body that creates an override. */
export const onCallOverrideRequest = z
  .object({
    person: z.string(),
    startsAt: z.string().optional().meta({ description: "Now, if left out." }),
    endsAt: z.string().optional().meta({ description: "This or `duration` is required." }),
    duration: z.string().optional().meta({ description: "From its start, like 8h." }),
    reason: z.string().optional(),
  })
  .meta({ id: "OnCallOverrideRequest" });

export const calendarImportSchema = z
  .object({
    created: z.number().int(),
    removed: z.number().int(),
    unchanged: z.number().int(),
  })
  .meta({ id: "CalendarImport", description: "What an import changed in the schedule's overrides." });

export type OnCallOverrideJson = z.infer<typeof onCallOverrideSchema>;
export type OnCallShiftJson = z.infer<typeof onCallShiftSchema>;
export type OnCallScheduleJson = z.infer<typeof onCallScheduleSchema>;
export type OnCallShiftsJson = z.infer<typeof onCallShiftsSchema>;
export type CalendarImportJson = z.infer<typeof calendarImportSchema>;

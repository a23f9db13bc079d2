import { z } from "zod";
import { measures, sloStatuses } from "../slo-measures.ts";
import { instant, specTag } from "./shared.ts";

export const excuseStates = ["pending", "active", "revoked"] as const;

const count = z.number();
const share = z.number().nullable();
const day = z.string().meta({ example: "2026-10-31" });
const month = z.string().meta({ example: "2026-10" });
const hourName = z.string().meta({ example: "2026-10-31T13" });

const budget = z
  .object({
    allowed: z.number().meta({
      description:
        "How much may be bad in the whole period. Future hours are included; events only once they are produced.",
    }),
    /** By what counts so far. */
    allowedSoFar: z.number(),
    spent: count,
    remaining: share.meta({ description: "The share left; negative if overspent, null if nothing may be bad." }),
  })
  .nullable()
  .meta({ description: "The error budget; null without an objective, and where several objectives apply." });

/** Hours or events against their objective. */
export const sloShareSchema = z
  .object({
    counted: count,
    good: count,
    bad: count,
    attainment: share.meta({ description: "good ÷ counted; null if no hours counted." }),
    budget,
  })
  .meta({ id: "SloShare" });

/** Types of one tier that are held to the same objective. */
const sloPartSchema = z
  .object({
    tier: z.string(),
    objective: share,
    status: z.enum(sloStatuses),
    attainment: share,
    counted: count,
    bad: count,
    budget,
  })
  .meta({ id: "SloPart" });

export const sloMeasureSchema = z
  .object({
    objective: share.meta({
      description: "Null without one, and where several apply: `parts` has each with what it applies to.",
    }),
    status: z.enum(sloStatuses).meta({ description: "Where several objectives apply, the gravest of their statuses." }),
    basis: z.enum(["hours", "events"]).meta({ description: "What the status is based on." }),
    hours: sloShareSchema,
    events: sloShareSchema.meta({ description: "The same weighted by events." }),
    unverifiedHours: count.meta({ description: "Unverified hours: neither good nor bad." }),
    change: share.meta({
      description: "Against the month before, in percentage points; null if either has no data.",
      example: -0.35,
    }),
    parts: z
      .array(sloPartSchema)
      .meta({ description: "Where several objectives apply: the highest first. Otherwise empty." }),
  })
  .meta({ id: "SloMeasure" });

const frozenShares = z.object(Object.fromEntries(measures.map((measure) => [measure, share])));

/** What one type, or several together, attained in a period. */
export const sloItemSchema = z
  .object({
    scope: z.enum(["all", "tier", "owner", "eventType"]),
    name: z.string(),
    tier: z.string().nullable(),
    owner: z.string().nullable(),
    types: count.meta({ description: "Number of event types." }),
    pastRecords: count.meta({
      description: "Those whose hours before their claim count: their past was loaded once it was known.",
    }),
    hours: z.object({
      promised: count.meta({ description: "Of the whole period." }),
      due: count.meta({ description: "The deadline has passed and they are not excused." }),
      excused: count,
      undecided: count.meta({ description: "In the future, or before their deadline." }),
    }),
    timeliness: sloMeasureSchema,
    completeness: sloMeasureSchema,
    skew: sloMeasureSchema,
    frozenAt: instant.nullable().meta({ description: "When the last of its types' months was frozen; null before." }),
    restated: z.boolean().meta({ description: "A frozen month changed since: `asFrozen` says what it was." }),
    asFrozen: frozenShares
      .nullable()
      .meta({ description: "The attainments as they were frozen, by each measure's basis." }),
  })
  .meta({ id: "SloItem" });

export const sloPeriodSchema = z
  .object({
    kind: z.enum(["month", "rolling"]),
    name: z.string().meta({ example: "2026-10" }),
    from: day,
    to: day.meta({ description: "Excluded." }),
    frozen: z.boolean().meta({ description: "Every type's month is frozen." }),
  })
  .meta({ id: "SloPeriod" });

/** `GET /slo/attainment`. */
export const sloAttainmentSchema = z
  .object({
    period: sloPeriodSchema,
    total: sloItemSchema,
    items: z.array(sloItemSchema).meta({ description: "The tiers, then the types in order of name." }),
    nextCursor: z.string().nullable(),
    pendingDays: count.meta({ description: "Days of a type that changed and are not added up yet; 0: all is in." }),
    asOf: instant,
  })
  .meta({ id: "SloAttainment" });

/** `GET /slo/months`. */
export const sloMonthsSchema = z
  .object({
    items: z.array(
      z.object({ period: sloPeriodSchema, restatements: count, total: sloItemSchema, tiers: z.array(sloItemSchema) }),
    ),
    nextCursor: z.string().nullable(),
    asOf: instant,
  })
  .meta({ id: "SloMonths" });

/** `GET /slo/calendar`. */
export const sloCalendarSchema = z
  .object({
    period: sloPeriodSchema,
    total: sloItemSchema,
    days: z.array(
      z
        .object({
          day,
          due: count,
          met: count,
          missed: count,
          excused: count,
          attainment: share,
          incomplete: count.meta({ description: "Final hours that are not complete." }),
          unverified: count,
          lostEvents: count,
          skewedEvents: count,
          budgetRemaining: share.meta({ description: "Of timeliness, after this day; of the scope `budgetOf`." }),
        })
        .meta({ id: "SloCalendarDay" }),
    ),
    budgetOf: z
      .string()
      .nullable()
      .meta({ description: "Whose error budget: of several tiers, the one with the highest objective." }),
    asOf: instant,
  })
  .meta({ id: "SloCalendar" });

/** What broke promises. */
export const sloCauseSchema = z
  .object({
    measure: z.enum(["timeliness", "completeness"]),
    datacenter: z.string().nullable().meta({ description: "Who closed last or has not closed; who lost." }),
    stage: z.string().nullable().meta({ description: "Between which counts events were lost." }),
    deployment: z.string().nullable().meta({ description: "The latest there in the six hours before." }),
    hours: count,
    events: count,
  })
  .meta({ id: "SloCause" });

const restatedFigures = z.object({
  due: count,
  met: count,
  complete: count,
  excused: count,
  lostEvents: count,
  skewedEvents: count,
});

export const sloRestatementSchema = z
  .object({
    id: z.string(),
    month,
    eventTypes: z.array(z.string()).meta({ description: "An excuse restates all of its types as one change." }),
    restatedAt: instant,
    days: z.array(day),
    causes: z.array(
      z.object({
        cause: z.enum(["reports", "time", "catalogue", "correction", "excuse", "excuse_revoked"]),
        by: z.string().meta({ description: "A token's name, or `late reports`." }),
        why: z.string(),
      }),
    ),
    before: restatedFigures.meta({ description: "Of the types' whole month." }),
    after: restatedFigures,
  })
  .meta({ id: "SloRestatement" });

export const sloExcuseSchema = z
  .object({
    id: z.string(),
    scope: z.string().meta({ description: "As requested." }),
    eventTypes: z.array(z.string()),
    from: hourName,
    to: hourName.meta({ description: "Excluded." }),
    reason: z.string(),
    createdAt: instant,
    createdBy: z.string(),
    state: z.enum(excuseStates).meta({ description: "`pending`: its hours count until a second person approves it." }),
    approvedAt: instant.nullable(),
    approvedBy: z.string().nullable(),
    revokedAt: instant.nullable(),
    revokedBy: z.string().nullable(),
    revokeReason: z.string().nullable(),
    etag: specTag,
  })
  .meta({ id: "SloExcuse" });

const excusedShares = z.object({
  attainment: share,
  status: z.enum(sloStatuses),
});

/** What an excuse would do. */
export const sloExcusePreviewSchema = z
  .object({
    eventTypes: z.array(z.string()),
    hourCount: count.meta({ description: "Hours that would not count." }),
    lateHours: count,
    incompleteHours: count,
    hours: z
      .array(z.object({ eventType: z.string(), hour: hourName, late: z.boolean(), incomplete: z.boolean() }))
      .meta({ description: "The first 100 of them that are late or incomplete." }),
    months: z.array(
      z.object({
        month,
        frozen: z.boolean().meta({ description: "The month would be restated." }),
        tiers: z.array(
          z.object({
            tier: z.string(),
            measure: z.enum(measures),
            objective: share,
            before: excusedShares,
            after: excusedShares,
          }),
        ),
      }),
    ),
    needsApproval: z.boolean(),
  })
  .meta({ id: "SloExcusePreview" });

/** Planned maintenance: late or incomplete hours within a silence's windows. */
export const sloExcuseSuggestionSchema = z
  .object({
    silence: z.string(),
    reason: z.string(),
    from: hourName,
    to: hourName.meta({ description: "Excluded." }),
    eventTypes: z.array(z.string()),
    lateHours: count,
    incompleteHours: count,
  })
  .meta({ id: "SloExcuseSuggestion" });

/** A month's report as it was reported. */
export const sloSnapshotSchema = z
  .object({
    id: z.string().meta({ description: "A hash of the report: another report has another id." }),
    month,
    createdAt: instant,
    createdBy: z.string(),
    path: z.string().meta({ description: "Its page.", example: "/service-levels/reported/qJ9hP2mXyT0cRk4LwZb8Ng" }),
    total: sloItemSchema.meta({ description: "As it was reported." }),
    tiers: z.array(sloItemSchema),
    changed: z
      .array(
        z.object({
          name: z.string(),
          measure: z.enum(measures),
          reported: z.object({ attainment: share, status: z.enum(sloStatuses) }),
          now: z.object({ attainment: share, status: z.enum(sloStatuses) }),
        }),
      )
      .meta({ description: "Tiers whose figures are different now." }),
    restatements: z.array(sloRestatementSchema).meta({ description: "Of the month, since it was reported." }),
  })
  .meta({ id: "SloSnapshot" });

export type SloSnapshotJson = z.infer<typeof sloSnapshotSchema>;
export type SloShareJson = z.infer<typeof sloShareSchema>;
export type SloPartJson = z.infer<typeof sloPartSchema>;
export type SloMeasureJson = z.infer<typeof sloMeasureSchema>;
export type SloItemJson = z.infer<typeof sloItemSchema>;
export type SloPeriodJson = z.infer<typeof sloPeriodSchema>;
export type SloAttainmentJson = z.infer<typeof sloAttainmentSchema>;
export type SloMonthsJson = z.infer<typeof sloMonthsSchema>;
export type SloCalendarJson = z.infer<typeof sloCalendarSchema>;
export type SloCauseJson = z.infer<typeof sloCauseSchema>;
export type SloRestatementJson = z.infer<typeof sloRestatementSchema>;
export type SloExcusePreviewJson = z.infer<typeof sloExcusePreviewSchema>;
export type SloExcuseSuggestionJson = z.infer<typeof sloExcuseSuggestionSchema>;
export type SloExcuseJson = z.infer<typeof sloExcuseSchema>;

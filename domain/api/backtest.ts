import { z } from "zod";
import { alertMetrics, severities } from "../alert-rule.ts";
import { instant } from "./shared.ts";

const seconds = z.number().int();
const count = z.number().int().nonnegative();

/**
 * What an alert turned out to be: it pointed at an hour that broke its promise, at none, or at hours that are not decided yet.
 */
export const firingOutcomes = ["caught", "false", "undecided"] as const;

const breachesSchema = z.object({
  /** Hours that broke the promise that the rule watches. */
  total: count,
  /** Those that an alert pointed at, and those of them that it pointed at before their deadline. */
  caught: count,
  caughtBeforeDeadline: count,
  missed: count,
});

/** From the first alert that pointed at a caught hour to that hour's deadline; negative: after it. */
const leadSchema = z.object({
  p10Seconds: seconds,
  p50Seconds: seconds,
  p90Seconds: seconds,
  histogram: z.array(z.object({ fromSeconds: seconds.nullable(), toSeconds: seconds.nullable(), hours: count })),
});

const curvePointSchema = z.object({
  /** As written in a rule. For `burn_rate`: a multiple of its windows' factors. */
  threshold: z.string().meta({ example: "80%" }),
  value: z.number(),
  isCurrent: z.boolean(),
  alerts: count,
  pagesPerWeek: z.number(),
  falsePages: count,
  /** null: no promise is watched by such a rule. */
  caught: count.nullable(),
  caughtBeforeDeadline: count.nullable(),
  missed: count.nullable(),
  medianLeadSeconds: seconds.nullable(),
});

const firingSchema = z.object({
  eventType: z.string().nullable(),
  datacenter: z.string().nullable(),
  firedAt: instant,
  /** null: it would still be firing. */
  resolvedAt: instant.nullable(),
  outcome: z.enum(firingOutcomes),
  cause: z.string().meta({ example: "datacenter/sjc/late" }),
});

export const backtestSchema = z
  .object({
    /** null: a draft. */
    rule: z.string().nullable(),
    metric: z.enum(alertMetrics),
    severity: z.enum(severities),
    threshold: z.string().nullable().meta({ example: "80%" }),
    from: z.string().meta({ example: "2026-10-23T00" }),
    to: z.string().meta({ example: "2026-11-22T00" }),
    dataFrom: z
      .string()
      .nullable()
      .meta({ example: "2026-11-08T00", description: "The first hour with a verdict; null: there is none." }),
    weeks: z.number().meta({ description: "From `dataFrom` to the end of the range, or to now; at least 1." }),
    /** Why history cannot answer, and what to ask instead; null: it can. All figures are then zero. */
    notReplayable: z.string().nullable(),
    /** What the figures are based on, in sentences. */
    notes: z.array(z.string()),
    eventTypes: count,
    /** The number of types replayed: fewer where all would take too long. */
    replayedEventTypes: count,
    hours: count,
    alerts: count,
    /** Alerts with one cause are one page. */
    pages: count,
    pagesPerWeek: z.number(),
    falseAlerts: count,
    falsePages: count,
    undecidedAlerts: count,
    /** None of their alerts caught a breach, and some of their hours are not final. */
    undecidedPages: count,
    /** null: no promise is watched by such a rule. */
    breaches: breachesSchema.nullable(),
    /** null: none was caught. */
    lead: leadSchema.nullable(),
    curve: z.array(curvePointSchema),
    /** Newest first, at most 100. */
    firings: z.array(firingSchema),
    /** Newest first, at most 100. */
    missedHours: z.array(z.object({ eventType: z.string(), hour: z.string() })),
  })
  .meta({ id: "Backtest" });

export type BacktestJson = z.infer<typeof backtestSchema>;
export type CurvePointJson = z.infer<typeof curvePointSchema>;

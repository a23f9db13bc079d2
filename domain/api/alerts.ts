import { z } from "zod";
import { unseenCodes } from "../alert/looks.ts";
import { alertStates } from "../alert/step-alert.ts";
import { alertMetrics, alertRuleSpec, severities } from "../alert-rule.ts";
import { incidentStates } from "../incident/incident-state.ts";
import { muteReasons, phases } from "../situation/situation.ts";
import { standings } from "../standing/say-standing.ts";
import { verdictStates } from "../verdict.ts";
import { acceptedSchema } from "./accepted.ts";
import { causeSchema } from "./explanation.ts";
import { asWritten, instant, specTag } from "./shared.ts";
import { situationSchema } from "./situation.ts";

/** One rule about one subject. */
export const alertSchema = z
  .object({
    fingerprint: z.string().meta({ example: "00c0ffee00c0ffee" }),
    rule: z.string(),
    state: z.enum(alertStates),
    severity: z.enum(severities),
    /** The labels that routes, inhibitions and silences match. */
    labels: z.record(z.string(), z.string()),
    eventType: z.string().nullable(),
    datacenter: z.string().nullable(),
    /** The value last observed, in the metric's unit; null: unknown. */
    value: z.number().nullable(),
    summary: z.string(),
    description: z.string().nullable(),
    runbook: z.string().nullable(),
    pendingSince: instant.nullable(),
    firingSince: instant.nullable(),
    resolvedAt: instant.nullable(),
    changedAt: instant,
    incidentId: z.string().nullable(),
  })
  .meta({ id: "Alert" });

export const listedAlertSchema = alertSchema
  .extend({
    muted: z.enum(["silenced", "inhibited"]).nullable().meta({
      description: "Why a firing alert notifies no one now; null: it is not muted, or it does not fire.",
    }),
  })
  .meta({ id: "ListedAlert" });

const incidentShape = {
  id: z.string().meta({ example: "17" }),
  /** What its alerts have in common; unique among unresolved incidents. */
  causeKey: z.string().meta({ example: "datacenter/sjc/late" }),
  title: z.string(),
  severity: z.enum(severities),
  state: z.enum(incidentStates),
  situation: situationSchema,
  situationRevision: z.number().int(),
  cause: causeSchema.meta({ description: "The situation's, as hours' explanations have it." }),
  since: instant.meta({ description: "The situation's onset." }),
  openedAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  assignee: z.string().nullable(),
  snoozedUntil: instant.nullable().meta({ description: "Until then its notifications pause; null: they do not." }),
  snoozedBy: z.string().nullable(),
  resolvedAt: instant.nullable(),
  resolvedBy: z.string().nullable(),
  changedAt: instant,
  /** Alerts that fire, or did until recently; and all it ever had. */
  firingAlerts: z.number().int(),
  alertCount: z.number().int(),
  /** Of the situation: affected hours, and how many of them became final or were accepted. */
  affectedHours: z.number().int(),
  recoveredHours: z.number().int(),
  eventTypeCount: z.number().int(),
};

export const incidentSummarySchema = z.object(incidentShape).meta({ id: "IncidentSummary" });

/** The figures of a timeline's line, by its kind. */
const incidentEventDetail = z
  .object({
    alerts: z.number().int(),
    fingerprints: z.array(z.string()).meta({ description: "Of the first 20 alerts." }),
    hours: z.number().int(),
    left: z.number().int().meta({ description: "Affected hours that have not recovered." }),
    revision: z.number().int().meta({ description: "Of the situation." }),
    phase: z.enum(phases),
    code: z.string().meta({ description: "Of the cause." }),
    from: z.string().nullable().meta({ description: "The assignee before." }),
    to: z.string().nullable().meta({ description: "The assignee since." }),
  })
  .partial();

export const incidentEventSchema = z
  .object({
    id: z.string(),
    at: instant,
    kind: z
      .string()
      .meta({ description: "`opened`, `situation`, `alerts_firing`, `acknowledged`, `note`, `resolved` and others." }),
    actor: z.string(),
    message: z.string(),
    detail: incidentEventDetail,
  })
  .meta({ id: "IncidentEvent" });

export const incidentHourSchema = z
  .object({
    eventType: z.string(),
    hour: z.string().meta({ example: "2026-11-22T13" }),
    /** null: its verdict is no longer stored. */
    state: z.enum(verdictStates).nullable(),
    deadlineAt: instant.nullable(),
    deadlineMet: z.boolean().nullable(),
    closingDelaySeconds: z.number().nullable(),
    lost: z.number().int(),
    duplicated: z.number().int(),
    accepted: acceptedSchema.nullable(),
    addedAt: instant,
    recoveredAt: instant.nullable().meta({ description: "When it became final or was accepted." }),
  })
  .meta({ id: "IncidentHour" });

export const incidentDeliverySchema = z
  .object({
    id: z.string(),
    channel: z.string(),
    kind: z.string(),
    state: z.string(),
    createdAt: instant,
    sentAt: instant.nullable(),
    attempts: z.number().int(),
  })
  .meta({ id: "IncidentDelivery" });

/** One incident in full: its lists are cut at 500, its counts are not. */
export const incidentSchema = z
  .object({
    ...incidentShape,
    /** Oldest first. */
    timeline: z.array(incidentEventSchema),
    /** Hours still affected first, then oldest first. */
    hours: z.array(incidentHourSchema),
    alerts: z.array(alertSchema),
    deliveries: z.array(incidentDeliverySchema),
  })
  .meta({ id: "Incident" });

export const ruleSchema = z
  .object({
    name: z.string().meta({ example: "datacenter-silent" }),
    /** `default`: built in. `replaced`: a document that replaces a default. `own`: a document of its own. */
    origin: z.enum(["default", "replaced", "own"]),
    metric: z.enum(alertMetrics),
    severity: z.enum(severities),
    enabled: z.boolean(),
    spec: asWritten(alertRuleSpec),
    etag: specTag,
    /** Its alerts that are not normal. */
    states: z.object({
      pending: z.number().int(),
      firing: z.number().int(),
      recovering: z.number().int(),
      noData: z.number().int(),
      error: z.number().int(),
    }),
    updatedAt: instant.nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: "Rule" });

export const ruleStandingSchema = z
  .object({
    name: z.string().meta({ example: "datacenter-silent" }),
    state: z.enum(standings).meta({
      description:
        "`off`: disabled. `blind`: it evaluates nothing now. `partly`: some of its scope is not evaluated. `whole`: all of it is.",
    }),
    sentence: z.string().meta({ example: "Evaluates nothing now: no type matches tier:high." }),
    eventTypes: z.number().int().meta({ description: "In its scope." }),
    evaluates: z.object({
      what: z.enum(["unclosed hours", "closed hours", "lanes", "volumes", "datacenters", "ingest"]),
      count: z.number().int(),
    }),
    notEvaluated: z.array(
      z.object({
        code: z.enum(unseenCodes),
        count: z.number().int(),
        reason: z.string().meta({ example: "2 hours ended before the claim and are not evaluated" }),
        eventTypes: z.array(z.string()).meta({ description: "The first 20 by name." }),
      }),
    ),
    explainedByChance: z.array(z.object({ eventType: z.string(), reason: z.string() })).meta({
      description: "What is beyond the threshold and fires no alert, because chance explains it. The first 20.",
    }),
    activeAlerts: z.number().int().meta({ description: "Firing and recovering ones." }),
    muted: z
      .object({ reason: z.enum(muteReasons), until: instant.nullable() })
      .nullable()
      .meta({ description: "Why none of its alerts is notified; null: they are, or would be." }),
    asOf: instant,
  })
  .meta({ id: "RuleStanding" });

const text = z.string().trim().min(1, "Write something.").max(4096, "Write at most 4,096 characters.");

export const noteRequestSchema = z
  .strictObject({ note: text })
  .meta({ id: "NoteRequest", example: { note: "The exporter was restarted; watching it catch up." } });

export const actRequestSchema = z
  .strictObject({ note: text.optional() })
  .meta({ id: "ActRequest", example: { note: "Looking at it." } });

export const assignRequestSchema = z
  .strictObject({
    assignee: z.string().trim().min(1).max(255).nullable().meta({ description: "null: unassigned." }),
    note: text.optional(),
  })
  .meta({ id: "AssignRequest", example: { assignee: "data-delivery", note: "It is their exporter." } });

export const snoozeRequestSchema = z
  .strictObject({
    until: instant.meta({ description: "At most 24 h ahead." }),
    note: text.optional(),
  })
  .meta({ id: "SnoozeRequest", example: { until: "2026-11-22T15:00:00Z", note: "The host is being replaced." } });

export type AlertJson = z.infer<typeof alertSchema>;
export type ListedAlertJson = z.infer<typeof listedAlertSchema>;
export type IncidentSummaryJson = z.infer<typeof incidentSummarySchema>;
export type IncidentJson = z.infer<typeof incidentSchema>;
export type IncidentEventJson = z.infer<typeof incidentEventSchema>;
export type IncidentHourJson = z.infer<typeof incidentHourSchema>;
export type RuleStandingJson = z.infer<typeof ruleStandingSchema>;
export type RuleJson = z.infer<typeof ruleSchema>;

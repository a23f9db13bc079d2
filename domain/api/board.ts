import { z } from "zod";
import { severities } from "../alert-rule.ts";
import { duties } from "../turn.ts";
import { verdictStates } from "../verdict.ts";
import { instant } from "./shared.ts";
import { situationSchema } from "./situation.ts";
import { forecastSchema } from "./verdict.ts";

/**
 * An open incident that involves the type: an alert of it fires, one of its affected hours has not recovered, or an alert
 * fires for a datacenter that holds it up.
 */
const rowAlertSchema = z
  .object({
    incidentId: z.string().meta({ example: "17" }),
    severity: z.enum(severities),
    since: instant,
    acknowledged: z.boolean(),
    /** Why no notifications go out at the moment: all that fires there for this type is silenced or inhibited. */
    muted: z.enum(["silenced", "inhibited"]).nullable(),
  })
  .meta({ id: "BoardAlert" });

const rowShape = {
  eventType: z.string(),
  owner: z.string(),
  tier: z.string(),
  deadlineSeconds: z.number().int(),
  /** The worst state among its hours that are not settled and complete, else that of its last ended hour. */
  state: z.enum(verdictStates),
  /** Now minus the lowest watermark of its expected datacenters; null while one has never reported any. */
  lagSeconds: z.number().nullable(),
  /** The datacenter that holds it up: lowest (or no) watermark; null when nothing lags. */
  worstDatacenter: z.string().nullable(),
  /** Ended hours that are not closed. */
  openHours: z.number().int(),
  /** The oldest of them. */
  oldestOpenHour: z.string().nullable(),
  /** Now minus the end of the oldest open hour. */
  delaySeconds: z.number().nullable(),
  completeThrough: z.string().nullable(),
  forecast: forecastSchema.nullable(),
  /** 0: calm; 1 and above: already broken. The sort key of the list. */
  risk: z.number(),
  /** The most urgent item. */
  alerts: z.array(rowAlertSchema),
};

/** One event type now. */
export const boardRowSchema = z
  .object({
    ...rowShape,
    /** The last 24 hours, oldest first, the current hour last; null where the hour has no verdict. */
    strip: z.array(
      z
        .object({
          hour: z.string(),
          state: z.enum(verdictStates),
          amended: z.boolean(),
          accepted: z.boolean().meta({ description: "Its owner accepted the hour." }),
          closingDelaySeconds: z.number().nullable(),
          deadlineMet: z.boolean().nullable().meta({ description: "As of a verdict." }),
        })
        .nullable(),
    ),
  })
  .meta({ id: "BoardRow" });

/** The same, with its last 24 hours as three strings. */
export const compactBoardRowSchema = z
  .object({
    ...rowShape,
    states: z.string().meta({
      description:
        "A letter an hour, oldest first, the current hour last: `c` complete, `o` open, `g` closing, `v` verifying, `l` late, `i` incomplete, `x` overcounted, `u` unverified, and for accepted hours `d`, `p`, `h`, `w`, `m`, `j`, `y`, `t` in the same order; a capital: amended; `.`: no verdict.",
    }),
    delays: z.string().meta({
      description: "Closing delays of the same hours in whole seconds, a comma between; nothing where not closed.",
    }),
    missed: z.string().meta({
      description: "Those of the hours that closed after their deadline: their indexes, a comma between.",
    }),
  })
  .meta({ id: "CompactBoardRow" });

const versionSchema = z.object({
  component: z.string(),
  /** null: its heartbeats do not include one. */
  version: z.string().nullable(),
  instances: z.number().int(),
});

const datacenterNowSchema = z
  .object({
    name: z.string(),
    lagSeconds: z.number().nullable(),
    lastSeenAt: instant.nullable(),
    silent: z.boolean(),
    lateTypes: z.number().int(),
    /** The earliest missed deadline among the hours that it still holds up. */
    lateSince: instant.nullable(),
    volume: z
      .object({
        hour: z.string(),
        delivered: z.number(),
        usual: z.number(),
        weeks: z.number().int(),
      })
      .nullable()
      .meta({
        description:
          "The newest of its last three hours that is closed for nearly all its types: delivered events, and the sum of the types' medians in the same hour of up to four earlier weeks. Marked incidents and types with less than two weeks of history are excluded. null: none is closed, or too little history.",
      }),
    backlog: z
      .object({ oldestAgeSeconds: z.number(), messages: z.number().nullable() })
      .nullable()
      .meta({ description: "The oldest of the gauges of the last half hour, and all their messages." }),
    lags: z.array(z.number().nullable()).meta({
      description:
        "Its lag at the ends of the last 36 spans of ten minutes in whole seconds, oldest first, the last as it is now; null: not sampled, or no watermark.",
    }),
    versions: z.array(versionSchema).meta({ description: "Versions of recently seen instances, by component." }),
  })
  .meta({ id: "BoardDatacenter" });

/** An open incident in as many words as a banner has. */
const boardIncidentSchema = z
  .object({
    id: z.string().meta({ example: "17" }),
    severity: z.enum(severities),
    acknowledgedBy: z.string().nullable(),
    acknowledgedAt: instant.nullable(),
    firingAlerts: z.number().int(),
    ...situationSchema.pick({
      title: true,
      phase: true,
      phaseSince: true,
      onset: true,
      deployed: true,
      recovery: true,
      muted: true,
      sentence: true,
    }).shape,
    cause: situationSchema.shape.cause.pick({ code: true, sentence: true }),
    datacenters: z.array(z.string()),
    stage: situationSchema.shape.extent.shape.stage,
    eventTypeCount: z.number().int(),
    consumers: z.array(z.string()).meta({ description: "The first 5, those that wait for most hours first." }),
    consumerCount: z.number().int(),
  })
  .meta({ id: "BoardIncident" });

const boardShape = {
  /** Open incidents, the most urgent first. */
  incidents: z.array(boardIncidentSchema),
  counts: z.partialRecord(z.enum(verdictStates), z.number().int()),
  /** Types with an alert of an open incident, notified or not: as many as `alert:firing` lists. */
  alertedTypes: z.number().int(),
  /** Per claimed and active datacenter: its lowest watermark's lag over types, and the time of its last message. */
  datacenters: z.array(datacenterNowSchema),
  /** The earliest missed deadline among open hours; null: no type is late. */
  lateSince: instant.nullable(),
  nextBreach: z
    .object({
      eventType: z.string(),
      hour: z.string(),
      deadlineAt: instant,
      breachProbability: z.number().nullable(),
    })
    .nullable()
    .meta({
      description:
        "Among types that are not late: the first deadline with a forecast of 50 % or more to be missed. If there is none: the first deadline of an ended, unclosed hour, if it is within an hour.",
    }),
  asOf: instant,
  telemetryAgeSeconds: z.number().nullable(),
};

/** `GET /board`: every claimed type, greatest risk first. */
export const boardSchema = z
  .object({ items: z.array(boardRowSchema), nextCursor: z.string().nullable(), ...boardShape })
  .meta({ id: "Board" });

/** `GET /board/compact`: the same in a fifth of the bytes. As many types as `counts` adds up to, unless the limit was lower. */
export const compactBoardSchema = z
  .object({
    items: z.array(compactBoardRowSchema),
    nextCursor: z.string().nullable().meta({ description: "Always null: without `limit` all types are here." }),
    ...boardShape,
  })
  .meta({ id: "CompactBoard" });

/** `GET /status`. */
export const statusSchema = z
  .object({
    now: instant,
    /**
     * Hours whose committed facts are not in their verdicts yet, or whose state is due to change; 0: everything is
     * judged.
     */
    dirtyHours: z.number().int(),
    lastIngestAt: instant.nullable(),
    /** Now minus lastIngestAt; null before the first message. */
    telemetryAgeSeconds: z.number().nullable(),
    version: z.string(),
    clock: z.object({ speed: z.number(), drill: z.boolean() }),
    ingest: z.object({
      messages: z.number().int(),
      rejected: z.number().int(),
      unstored: z.number().int().meta({
        description: "Of the rejected ones: counted only, because more than a minute's budget arrived.",
      }),
      pubsub: z.boolean().meta({ description: "Whether workers take events from a queue: Pub/Sub or Kafka." }),
      intakes: z
        .array(
          z.object({
            name: z.string(),
            standingSince: instant.nullable().meta({ description: "In real time, whatever a drill's clock shows." }),
            reason: z.string().nullable(),
          }),
        )
        .meta({
          description:
            "The Pub/Sub subscriptions and Kafka topics that workers take events from, and since when each has not been heard; null: it is heard.",
        }),
    }),
    /** Past hours judged again in the background after catalogue changes; null: none. */
    rejudging: z
      .object({
        hours: z.number().int(),
        doneHours: z.number().int(),
        secondsLeft: z.number().int().nullable().meta({
          description: "Estimated from the pace so far, in real seconds; null before the first.",
        }),
      })
      .nullable()
      .meta({ description: "Past hours being judged again in the background after catalogue changes; null: none." }),
    metricExport: z
      .object({
        project: z.string(),
        lastWriteAgeSeconds: z.number().nullable().meta({ description: "null: nothing was written yet." }),
        series: z.number().int(),
        eventTypesLeftOut: z.number().int(),
        pointsWritten: z.number().int(),
        pointsNotWritten: z.number().int(),
        error: z.string().nullable().meta({ description: "Why not everything was written in the last minute." }),
        failingSeconds: z.number().nullable(),
      })
      .nullable()
      .meta({
        description:
          "What is written to Google Cloud Monitoring, with ages in real seconds; null: TIDEMARK_MONITORING_EXPORT_PROJECT is not set.",
      }),
    /** What in Tidemark itself is behind, each by its own age in real seconds; empty: nothing. */
    behind: z.array(
      z.object({
        what: z.enum(duties),
        ageSeconds: z.number().int(),
        allowedSeconds: z.number().int(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: "Status" });

export type BoardJson = z.infer<typeof boardSchema>;
export type BoardRowJson = z.infer<typeof boardRowSchema>;
export type CompactBoardJson = z.infer<typeof compactBoardSchema>;
export type CompactBoardRowJson = z.infer<typeof compactBoardRowSchema>;
export type BoardAlertJson = z.infer<typeof rowAlertSchema>;
export type BoardIncidentJson = z.infer<typeof boardIncidentSchema>;
export type BoardDatacenterJson = z.infer<typeof datacenterNowSchema>;
export type StatusJson = z.infer<typeof statusSchema>;

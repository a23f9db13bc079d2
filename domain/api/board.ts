import { z } from "zod";
import { verdictStates } from "../verdict.ts";
import { instant } from "./shared.ts";
import { forecastSchema } from "./verdict.ts";

/** One event type now. */
export const boardRowSchema = z
  .object({
    eventType: z.string(),
    owner: z.string(),
    tier: z.string(),
    deadlineSeconds: z.number().int(),
    /** The worst state among its hours that are not settled well, else that of its last ended hour. */
    state: z.enum(verdictStates),
    /** Now minus the lowest watermark of its expected datacenters; null while one never said any. */
    lagSeconds: z.number().nullable(),
    /** The datacenter that holds it up: the lowest (or no) watermark; null when nothing lags. */
    worstDatacenter: z.string().nullable(),
    /** Ended hours that are not closed. */
    openHours: z.number().int(),
    /** The oldest of them. */
    oldestOpenHour: z.string().nullable(),
    /** Now minus the end of the oldest open hour. */
    delaySeconds: z.number().nullable(),
    completeThrough: z.string().nullable(),
    forecast: forecastSchema.nullable(),
    /** 0 calm to 1 and above: already broken. What the list is ordered by. */
    risk: z.number(),
    /** The last 24 hours, oldest first, the current hour last; null where the hour has no verdict. */
    strip: z.array(
      z
        .object({
          hour: z.string(),
          state: z.enum(verdictStates),
          amended: z.boolean(),
          closingDelaySeconds: z.number().nullable(),
        })
        .nullable(),
    ),
  })
  .meta({ id: "BoardRow" });

/** `GET /board`: every claimed type, the greatest risk first. */
export const boardSchema = z
  .object({
    items: z.array(boardRowSchema),
    nextCursor: z.string().nullable(),
    counts: z.partialRecord(z.enum(verdictStates), z.number().int()),
    /** Per claimed and active datacenter: its lowest watermark's lag over types, when it was last heard. */
    datacenters: z.array(
      z.object({
        name: z.string(),
        lagSeconds: z.number().nullable(),
        lastSeenAt: instant.nullable(),
        silent: z.boolean(),
        lateTypes: z.number().int(),
      }),
    ),
    asOf: instant,
    telemetryAgeSeconds: z.number().nullable(),
  })
  .meta({ id: "Board" });

/** `GET /status`. */
export const statusSchema = z
  .object({
    now: instant,
    /** Hours whose committed facts are not in their verdicts yet, or whose state time has made due; 0: all is judged. */
    dirtyHours: z.number().int(),
    lastIngestAt: instant.nullable(),
    /** Now minus lastIngestAt; null before the first message. */
    telemetryAgeSeconds: z.number().nullable(),
    version: z.string(),
    clock: z.object({ speed: z.number(), drill: z.boolean() }),
    ingest: z.object({ messages: z.number().int(), rejected: z.number().int(), pubsub: z.boolean() }),
  })
  .meta({ id: "Status" });

export type BoardJson = z.infer<typeof boardSchema>;
export type BoardRowJson = z.infer<typeof boardRowSchema>;
export type StatusJson = z.infer<typeof statusSchema>;

import { z } from "zod";
import { instant } from "./shared.ts";

const count = z.number().int();

const heldUpSchema = z.object({
  /** Hours that it is expected in, over all claimed types. */
  hours: count,
  /** Of the hours closed everywhere: those that it closed last, no other closing at the same moment. */
  closedLast: count,
  /** Hours past their deadline, closed by now or not, that it closed late or has not closed. */
  heldUp: count,
  /** Of the events known to be produced in them and closed by it, those lost. */
  lost: count,
  produced: count,
});

/** `GET /lateness`: which datacenter closes last, and which ones held up late hours. */
export const latenessSchema = z
  .object({
    datacenters: z.array(
      z.object({ name: z.string(), lastSeenAt: instant.nullable(), lastDay: heldUpSchema, lastWeek: heldUpSchema }),
    ),
    /** Hours past their deadline. Several datacenters may hold up one hour. */
    lateHours: z.object({ lastDay: count, lastWeek: count }),
    asOf: instant,
  })
  .meta({ id: "Lateness" });

/** `GET /datacenters/{name}/lanes`: the state of each type there, furthest behind first. */
export const lanesSchema = z
  .object({
    datacenter: z.string(),
    items: z.array(
      z.object({
        eventType: z.string(),
        tier: z.string(),
        deadlineSeconds: count,
        watermark: instant.nullable(),
        /** Now minus the watermark; null: none was ever reported. */
        lagSeconds: z.number().nullable(),
        /** Ended hours of the last seven days that it has not closed, and the oldest of them. */
        openHours: count,
        oldestOpenHour: z.string().nullable(),
        /** Those past their deadline. */
        lateHours: count,
        backlogs: z.array(
          z.object({
            stage: z.enum(["produced", "published", "delivered"]),
            oldestAgeSeconds: z.number(),
            messages: count.nullable(),
            observedAt: instant,
          }),
        ),
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "Lanes" });

const lagSeconds = z.array(z.number().nullable()).meta({
  description:
    "The lag at the end of each span, oldest first; the last span may be the running one, as of its newest sample. null: not sampled, or no watermark. Samples are taken each minute and kept for 48 h.",
});
const lagSpans = {
  from: instant.meta({ description: "The end of the first span." }),
  stepSeconds: count.meta({ description: "Whole minutes, so that there are at most 181 spans." }),
};

/** `GET /datacenters/{name}/lag`: how far the datacenter’s lowest watermark over its types was behind. */
export const lagHistorySchema = z
  .object({ datacenter: z.string(), ...lagSpans, lagSeconds, asOf: instant })
  .meta({ id: "LagHistory" });

/** `GET /event-types/{name}/lag`: how far the type’s watermark was behind at each datacenter that it expects. */
export const typeLagSchema = z
  .object({
    eventType: z.string(),
    ...lagSpans,
    datacenters: z.array(z.object({ name: z.string(), lagSeconds })).meta({ description: "By name, those sampled." }),
    asOf: instant,
  })
  .meta({ id: "TypeLag" });

export type LagHistoryJson = z.infer<typeof lagHistorySchema>;
export type TypeLagJson = z.infer<typeof typeLagSchema>;
export type LatenessJson = z.infer<typeof latenessSchema>;
export type LanesJson = z.infer<typeof lanesSchema>;
export type LaneJson = LanesJson["items"][number];

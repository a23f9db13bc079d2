import { z } from "zod";
import { instant } from "./shared.ts";

const count = z.number().int();

/** `GET /event-types/{name}/hours/{hour}/skew`: which buckets the hour's events are in, and whose events are in its bucket. */
export const skewSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    /** Where its own events landed, the hour itself included; the earliest bucket first. */
    landed: z.array(z.object({ datacenter: z.string(), landedHour: z.string(), events: count })),
    /** Other hours' events in this hour's bucket, of the three days before it and the hour after; the earliest hour first. */
    arrived: z.array(z.object({ datacenter: z.string(), hour: z.string(), events: count })),
    asOf: instant,
  })
  .meta({ id: "Skew" });

const band = z.object({ low: z.number(), median: z.number(), high: z.number() });

/** `GET /event-types/{name}/hours/{hour}/progress`: how the hour went along at each datacenter, against what is usual. */
export const progressSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    /** What "usual" is taken from: the same hour of the eight weeks before, else of the fourteen days before; null: too few of both. */
    basis: z.enum(["hour-of-week", "hour-of-day"]).nullable(),
    basisHours: count,
    lanes: z.array(
      z.object({
        datacenter: z.string(),
        closedAt: instant.nullable(),
        /** When its watermark passed the ends of the hours around this one. */
        steps: z.array(z.object({ closedThrough: instant, closedAt: instant })),
        watermark: instant.nullable(),
        /** Seconds after the hour's end: the earliest, the median and the latest of the basis; null: none. */
        usualDelay: band.nullable(),
        usualProduced: band.nullable(),
        produced: count.nullable(),
        delivered: count,
        /** What showed of it while it was open. */
        samples: z.array(z.object({ at: instant, produced: count.nullable(), undelivered: count.nullable() })),
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "HourProgress" });

export type SkewJson = z.infer<typeof skewSchema>;
export type ProgressJson = z.infer<typeof progressSchema>;

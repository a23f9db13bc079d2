import { z } from "zod";
import { instant } from "./shared.ts";

const count = z.number().int();

/**
 * `GET /event-types/{name}/hours/{hour}/skew`: which buckets hold the hour's events, and which hours' events its bucket holds.
 */
export const skewSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    /** Where its own events landed, including the hour itself; earliest bucket first. */
    landed: z.array(z.object({ datacenter: z.string(), landedHour: z.string(), events: count })),
    /** Other hours' events in this hour's bucket, from three days before it to one hour after; earliest hour first. */
    arrived: z.array(z.object({ datacenter: z.string(), hour: z.string(), events: count })),
    asOf: instant,
  })
  .meta({ id: "Skew" });

const band = z.object({ low: z.number(), median: z.number(), high: z.number() });

/** `GET /event-types/{name}/hours/{hour}/progress`: the hour's course at each datacenter, compared with the usual one. */
export const progressSchema = z
  .object({
    eventType: z.string(),
    hour: z.string(),
    /** The basis of "usual": the same hour of the eight weeks before, else of the fourteen days before; null: too few of both. */
    basis: z.enum(["hour-of-week", "hour-of-day"]).nullable(),
    basisHours: count,
    lanes: z.array(
      z.object({
        datacenter: z.string(),
        closedAt: instant.nullable(),
        /** When its watermark passed the ends of the hours around this one. */
        steps: z.array(z.object({ closedThrough: instant, closedAt: instant })),
        watermark: instant.nullable(),
        /** Seconds after the hour's end: earliest, median and latest of the basis; null: none. */
        usualDelay: band.nullable(),
        usualProduced: band.nullable(),
        produced: count.nullable(),
        delivered: count,
        /** Samples taken while it was open. */
        samples: z.array(z.object({ at: instant, produced: count.nullable(), undelivered: count.nullable() })),
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "HourProgress" });

export type SkewJson = z.infer<typeof skewSchema>;
export type ProgressJson = z.infer<typeof progressSchema>;

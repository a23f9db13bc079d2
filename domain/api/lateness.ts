import { z } from "zod";
import { instant } from "./shared.ts";

const count = z.number().int();

const heldUpSchema = z.object({
  /** Hours that it is expected in, of all claimed types. */
  hours: count,
  /** Of those that all have closed: it was the last, and no other closed at the same moment. */
  closedLast: count,
  /** Hours beyond their deadline, closed by now or not, that it closed late or has not closed. */
  heldUp: count,
  /** Of its events known to be produced in them and closed by it, those lost. */
  lost: count,
  produced: count,
});

/** `GET /lateness`: which datacenter closes last, and which held up the hours that were late. */
export const latenessSchema = z
  .object({
    datacenters: z.array(
      z.object({ name: z.string(), lastSeenAt: instant.nullable(), lastDay: heldUpSchema, lastWeek: heldUpSchema }),
    ),
    /** Hours beyond their deadline. One hour may be held up by several datacenters. */
    lateHours: z.object({ lastDay: count, lastWeek: count }),
    asOf: instant,
  })
  .meta({ id: "Lateness" });

/** `GET /datacenters/{name}/lanes`: how every type stands there, the furthest behind first. */
export const lanesSchema = z
  .object({
    datacenter: z.string(),
    items: z.array(
      z.object({
        eventType: z.string(),
        tier: z.string(),
        deadlineSeconds: count,
        watermark: instant.nullable(),
        /** Now minus the watermark; null: none was ever said. */
        lagSeconds: z.number().nullable(),
        /** Ended hours that it has not closed, of the last seven days, and the oldest of them. */
        openHours: count,
        oldestOpenHour: z.string().nullable(),
        /** Of these, beyond their deadline. */
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

export type LatenessJson = z.infer<typeof latenessSchema>;
export type LanesJson = z.infer<typeof lanesSchema>;
export type LaneJson = LanesJson["items"][number];

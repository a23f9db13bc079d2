import { z } from "zod";
import { duties } from "../turn.ts";

const minutes = z.number().int();
const age = z.number().int().meta({ description: "The longest wait that was seen, in real seconds." });

/** `GET /status/history`. */
export const statusHistorySchema = z
  .object({
    from: z.string().meta({ example: "2026-10-31T18" }),
    /** Excluded. */
    to: z.string().meta({ example: "2026-11-30T18" }),
    recordedSince: z
      .string()
      .nullable()
      .meta({ description: "The first hour that was ever recorded; null: none was.", example: "2026-11-30T17" }),
    /** In the order of the duties' names in `behind`. */
    duties: z.array(
      z.object({
        duty: z.enum(duties),
        minutes: minutes.meta({ description: "In how many minutes it was observed. Others are not known." }),
        minutesBehind: minutes.meta({ description: "In how many of these it was behind." }),
        withinLimit: z.number().nullable().meta({
          description: "The share of the observed minutes in which it was not behind, 0 to 1; null: none was observed.",
        }),
        worstHour: z
          .object({ hour: z.string(), minutesBehind: minutes, worstAgeSeconds: age })
          .nullable()
          .meta({ description: "The hour in which it was behind the longest; null: it never was." }),
        days: z
          .array(z.object({ day: z.string(), minutes, minutesBehind: minutes, worstAgeSeconds: age }))
          .meta({ description: "UTC days on which it was observed, oldest first." }),
      }),
    ),
  })
  .meta({ id: "StatusHistory" });

export type StatusHistoryJson = z.infer<typeof statusHistorySchema>;

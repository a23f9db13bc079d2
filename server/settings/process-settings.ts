import { z } from "zod";
import { setting } from "./setting-notes.ts";
import { count, optional, readDrillClock } from "./setting-readers.ts";

/** Settings of every process: its clock and its log. */
export const processSettings = {
  TIDEMARK_CLOCK: setting(optional(readDrillClock), {
    description:
      "For drills: every process's clock starts at this instant when the product starts, and runs at this multiple of real speed. The pages show that it is a drill.",
    expected: "an instant in UTC and a speed, such as 2001-02-01T00:00:00Z 720x",
    unset: "the real time",
  }),
  TIDEMARK_CLOCK_STARTED_AT_MS: setting(optional(count(0, Number.MAX_SAFE_INTEGER)), {
    description: "The real instant at which the drill's clock started, so that all processes agree.",
    expected: "milliseconds since 1970",
    unset: "the start of the process",
    internal: true,
  }),
  TIDEMARK_LOG_LEVEL: setting(z.enum(["debug", "info", "warn", "error"]).default("info"), {
    description: "The lowest level that is logged.",
    expected: "debug, info, warn or error",
    unset: "info",
  }),
  TIDEMARK_LOG_FORMAT: setting(z.enum(["auto", "text", "json"]).default("auto"), {
    description: "`json`, one object a line; `text`, for people; `auto`, text on a terminal and JSON elsewhere.",
    expected: "auto, text or json",
    unset: "auto",
  }),
};

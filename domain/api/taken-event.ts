import { z } from "zod";

/** What an act at another service came to. */
export const takenEventSchema = z
  .object({ outcome: z.enum(["acknowledged", "ignored"]), detail: z.string() })
  .meta({ id: "TakenEvent" });

import { z } from "zod";
import { instant } from "./shared.ts";

/** Who accepted the hour as it is, while the acceptance holds. */
export const acceptedSchema = z
  .object({ correction: z.string(), by: z.string(), at: instant, reason: z.string() })
  .meta({ id: "Accepted", description: "Its owner accepted the hour as it is: it may be read. null: nobody did." });

export type AcceptedJson = z.infer<typeof acceptedSchema>;

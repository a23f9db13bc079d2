import { z } from "zod";
import { instant } from "./shared.ts";

/** Who accepted the hour as it is, while the acceptance holds. */
export const acceptedSchema = z
  .object({ correction: z.string(), by: z.string(), at: instant, reason: z.string() })
  .meta({ id: "Accepted", description: "Its owner accepted the hour: it is ready. null: not accepted." });

export type AcceptedJson = z.infer<typeof acceptedSchema>;

import { z } from "@hono/zod-openapi";
import { instant } from "#domain/api/shared.ts";
import { lagHours } from "#domain/lag-hours.ts";

/** The range of a chart of lags: the last hours, or from an instant to another. */
export const lagQuery = z.object({
  hours: z.enum(lagHours).default("6").meta({ description: "How long the range is when `from` is left out." }),
  from: instant.optional().meta({ description: "At most 48 h before `to`." }),
  to: instant.optional().meta({ description: "The present, if left out." }),
});

export function readLagRange({ hours, from, to }: z.infer<typeof lagQuery>) {
  return {
    hours: Number(hours),
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

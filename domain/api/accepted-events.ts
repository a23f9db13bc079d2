import { z } from "zod";

/** A refused event of a request; its status is as if it were sent alone. */
const refusedEventSchema = z.object({
  index: z.number().int().meta({ description: "The event's place in the request, counted from 0." }),
  status: z.union([z.literal(400), z.literal(403), z.literal(429)]).meta({
    description: "400 bad input, 403 outside the token's limits, 429 too many new names: send it again later.",
  }),
  faults: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});

export const acceptedEventsSchema = z.object({ accepted: z.number().int() }).meta({ id: "AcceptedEvents" });

/** Of a request whose events were taken one by one. */
export const acceptedInPartSchema = acceptedEventsSchema
  .extend({
    refused: z.array(refusedEventSchema),
  })
  .meta({
    id: "AcceptedInPart",
    example: {
      accepted: 1,
      refused: [
        { index: 1, status: 400, faults: [{ pointer: "/data/reports/0/events", detail: "must be a whole number" }] },
      ],
    },
  });

export type RefusedEventJson = z.infer<typeof refusedEventSchema>;
export type AcceptedInPartJson = z.infer<typeof acceptedInPartSchema>;

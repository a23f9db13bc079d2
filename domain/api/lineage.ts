import { z } from "zod";
import { instant } from "./shared.ts";

const name = z.string().min(1).max(1_024);

/** The members of an OpenLineage event that say which job reads which datasets; others are ignored. */
export const lineageEventSchema = z
  .object({
    eventTime: z.iso.datetime({ offset: true }),
    job: z.object({ namespace: name, name }),
    inputs: z
      .array(z.object({ namespace: name, name }))
      .max(1_000)
      .optional(),
  })
  .meta({
    id: "LineageEvent",
    description: "An OpenLineage RunEvent or JobEvent. Members that are not listed are ignored.",
    example: {
      eventTime: "2026-11-22T14:40:00Z",
      job: { namespace: "airflow", name: "royalties.daily" },
      inputs: [{ namespace: "tidemark", name: "EndSong" }],
    },
  });

export const acceptedLineageSchema = z.object({ eventTypes: z.number().int() }).meta({ id: "AcceptedLineage" });

export const discoveredConsumerSchema = z
  .object({
    eventType: z.string(),
    consumer: z.string().meta({ description: "The job's name as a consumer's: PUT it to register it." }),
    jobNamespace: z.string(),
    jobName: z.string(),
    firstSeenAt: instant,
    lastSeenAt: instant,
    dismissedAt: instant.nullable().meta({ description: "null: it is suggested." }),
    dismissedBy: z.string().nullable(),
  })
  .meta({ id: "DiscoveredConsumer" });

export type DiscoveredConsumerJson = z.infer<typeof discoveredConsumerSchema>;

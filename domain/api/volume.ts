import { z } from "zod";
import { instant, name } from "./shared.ts";

const count = z.number();

const expectedShape = {
  observed: z.int().nullable().meta({
    description: "Produced events; null while the hour is not closed, or a count is unknown.",
  }),
  expected: count.nullable().meta({
    description: "By the hours before it alone; null with less than a week of history, as all that follows.",
  }),
  low: count.nullable().meta({ description: "One such hour in a hundred has fewer." }),
  high: count.nullable().meta({ description: "One such hour in a hundred has more." }),
  ratio: count.nullable().meta({ description: "Observed over expected." }),
  pTooLow: z.number().min(0).max(1).nullable().meta({
    description: "The probability of so few events or fewer at usual volume, given the hour before.",
  }),
  drop: z.boolean().meta({
    description:
      "The last hours' volume is too low to be chance, and began below half of the expected. See docs/adr/0010.",
  }),
  excluded: z.boolean().meta({ description: "A marked incident: never a drop, and never learned from." }),
};

export const volumeHourSchema = z
  .object({
    hour: z.string().meta({ example: "2026-11-22T13" }),
    ...expectedShape,
    datacenters: z.array(z.object({ name: z.string(), ...expectedShape })).meta({
      description: "By name; empty unless `byDatacenter` is asked for.",
    }),
  })
  .meta({ id: "VolumeHour" });

export const volumeSchema = z
  .object({ eventType: z.string(), items: z.array(volumeHourSchema), asOf: instant })
  .meta({ id: "Volume" });

export type VolumeFigures = z.infer<z.ZodObject<typeof expectedShape>>;
export type VolumeHourJson = z.infer<typeof volumeHourSchema>;
export type VolumeJson = z.infer<typeof volumeSchema>;

const reason = z.string().trim().min(1, "A reason is required.").max(1000);

export const volumeExclusionSchema = z
  .object({
    id: z.string(),
    eventType: z.string().nullable().meta({ description: "null: every type." }),
    datacenter: z.string().nullable().meta({ description: "null: every datacenter." }),
    from: instant,
    to: instant,
    reason: z.string(),
    createdAt: instant,
    createdBy: z.string(),
    removedAt: instant.nullable(),
    removedBy: z.string().nullable(),
    removedBecause: z.string().nullable(),
  })
  .meta({ id: "VolumeExclusion" });

export type VolumeExclusionJson = z.infer<typeof volumeExclusionSchema>;

export const volumeExclusionRequestSchema = z
  .strictObject({
    eventType: name.nullish().meta({ description: "Every type, if left out." }),
    datacenter: name.nullish().meta({ description: "Every datacenter, if left out." }),
    from: instant,
    to: instant.meta({ description: "Excluded. Every hour that overlaps the period is left out." }),
    reason,
  })
  .meta({
    id: "VolumeExclusionRequest",
    example: {
      eventType: null,
      from: "2026-11-20T08:00:00Z",
      to: "2026-11-20T14:00:00Z",
      reason: "Client release 8.9 logged nothing; rolled back.",
    },
  });

export const volumeExclusionRemovalSchema = z
  .strictObject({ reason })
  .meta({ id: "VolumeExclusionRemoval", example: { reason: "The counts were right after all." } });

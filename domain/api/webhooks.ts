import { z } from "zod";
import { verdictStates } from "../verdict.ts";
import { consumerFiguresSchema } from "./consumers.ts";
import { instant } from "./shared.ts";
import { situationSchema } from "./situation.ts";

const day = z.string().meta({ example: "2026-11-27" });
const hour = z.string().meta({ example: "2026-11-22T13" });

/** What a consumer's webhook receives. */
export const consumerWebhookSchema = z
  .object({
    type: z.enum(["hour.complete", "hour.amended", "hour.incomplete", "run.complete", "day.complete", "day.amended"]),
    timestamp: instant.meta({ description: "When the message was queued." }),
    data: z.object({
      eventType: z.string(),
      hour: hour.meta({ description: "Of a run or a day the first." }),
      throughHour: hour.optional().meta({ description: "Of a run or a day: the last hour." }),
      hours: z.number().int().optional().meta({ description: "Of a run or a day: how many hours it has." }),
      day: day.optional().meta({ description: "Of a day, in `zone`." }),
      zone: z.string().optional().meta({ description: "Of a day: its time zone.", example: "Europe/Stockholm" }),
      eventTypes: z.array(z.string()).optional().meta({ description: "Of a day: the types it is made of." }),
      state: z.enum(verdictStates),
      ready: z.boolean().meta({ description: "By the consumer's own threshold." }),
      revision: z.number().int(),
      previousRevision: z.number().int().nullable().meta({ description: "null: the consumer knew nothing of it." }),
      before: consumerFiguresSchema.nullable().meta({ description: "What the consumer knew; null: nothing." }),
      after: consumerFiguresSchema,
      readyUrl: z.url().meta({ description: "The gate, asked in the consumer's name." }),
    }),
  })
  .meta({ id: "ConsumerWebhook" });

const labels = z.record(z.string(), z.string());
const status = z.enum(["firing", "resolved"]);

/** What a channel of type webhook receives: Alertmanager's webhook, version 4. */
export const alertWebhookSchema = z
  .object({
    version: z.literal("4"),
    groupKey: z.string(),
    truncatedAlerts: z.number().int(),
    status,
    receiver: z.string(),
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: labels,
    externalURL: z.string(),
    alerts: z.array(
      z.object({
        status,
        labels,
        annotations: labels,
        startsAt: instant,
        endsAt: instant.meta({ description: "`0001-01-01T00:00:00Z` while it fires." }),
        generatorURL: z.string(),
        fingerprint: z.string(),
      }),
    ),
    incident: z
      .object({
        id: z.string(),
        url: z.string(),
        state: z.string(),
        severity: z.string(),
        text: z.string().meta({ description: "The sentence for people; of a resolved incident, how it ended." }),
        title: z.string(),
        message: z.string().meta({
          description: "`text`, then likely cause, onset, affected hours and affected consumers, a line each.",
        }),
        likelyCause: z
          .object({
            code: z.string(),
            sentence: z.string(),
            confidence: z.number().meta({ description: "0 to below 1. Not a probability." }),
          })
          .nullish()
          .meta({ description: "null: none is known." }),
        onset: situationSchema.shape.onset.optional(),
        affectedHours: situationSchema.shape.extent.shape.hours.optional(),
        affectedConsumers: z
          .object({ count: z.number().int(), first: situationSchema.shape.impact.shape.consumers })
          .optional(),
        situation: situationSchema.optional().meta({
          description: "All of the record; as the fields above absent in messages from before situations were kept.",
        }),
      })
      .nullable()
      .meta({ description: "Beyond Alertmanager's fields: the incident, if all alerts are of one." }),
  })
  .meta({ id: "AlertWebhook" });

export type ConsumerWebhookJson = z.infer<typeof consumerWebhookSchema>;
export type AlertWebhookJson = z.infer<typeof alertWebhookSchema>;

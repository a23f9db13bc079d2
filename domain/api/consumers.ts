import { z } from "zod";
import { subscriptionEvents } from "../subscription.ts";
import { verdictStates } from "../verdict.ts";
import { instant, specTag } from "./shared.ts";

/** Who depends on an event type. */
export const consumerSchema = z
  .object({
    eventType: z.string(),
    name: z.string().meta({ example: "royalties-daily" }),
    /** Who to call when its hours are in trouble: a person, a channel, an address. */
    contact: z.string().meta({ example: "#royalties" }),
    description: z.string().nullable(),
    /** The lowest completeness that it accepts; null: the type's own tolerance. */
    minCompleteness: z.number().nullable(),
    owner: z.string().nullable().meta({ description: "The team whose members may change it; null: every editor." }),
    registeredAt: instant,
    registeredBy: z.string(),
    updatedAt: instant,
    /** How many webhooks notify it. */
    subscriptions: z.number().int(),
    etag: specTag,
  })
  .meta({ id: "Consumer" });

/** The same, with what it knows of one hour. */
export const hourConsumerSchema = consumerSchema
  .pick({ name: true, contact: true, description: true, minCompleteness: true, subscriptions: true })
  .extend({
    /** The gate's answer to a request in its name; null: it was never answered that the hour is ready. */
    reading: z
      .object({ firstReadAt: instant, lastReadAt: instant, revision: z.number().int() })
      .nullable()
      .meta({ description: "`revision` is the newest it received." }),
    /** It read the hour, and the hour has been amended since. */
    outdated: z.boolean(),
  })
  .meta({ id: "HourConsumer" });

export const subscriptionMessageStates = ["waiting", "delivered", "failed"] as const;

/** What a consumer knows of an hour at one moment. */
export const consumerFiguresSchema = z
  .object({
    state: z.enum(verdictStates),
    ready: z.boolean().meta({ description: "By the consumer's own threshold." }),
    produced: z.number().int(),
    delivered: z.number().int(),
    lost: z.number().int(),
    duplicated: z.number().int(),
    completeness: z.number().nullable(),
  })
  .meta({ id: "ConsumerFigures" });

/** What a subscription was sent, or is being sent. */
export const subscriptionMessageSchema = z
  .object({
    id: z.string().meta({ description: "The `webhook-id` of every attempt." }),
    event: z.enum(subscriptionEvents),
    hour: z.string().meta({ description: "For a run or a day: the first hour." }),
    runHours: z.number().int().nullable().meta({ description: "Hours in the run or day." }),
    day: z.string().nullable().meta({ description: "For a day, in the subscription's `dayZone`." }),
    state: z.enum(verdictStates),
    ready: z.boolean(),
    revision: z.number().int(),
    previousRevision: z.number().int().nullable().meta({
      description: "What the consumer last received: the message before this one, else the gate's answer.",
    }),
    before: consumerFiguresSchema
      .nullable()
      .meta({ description: "Of what the consumer last received; null: nothing." }),
    after: consumerFiguresSchema,
    queuedAt: instant,
    attempts: z.number().int(),
    deliveredAt: instant.nullable(),
    gaveUpAt: instant.nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: "SubscriptionMessage" });

export const subscriptionSchema = z
  .object({
    id: z.string(),
    eventType: z.string(),
    consumer: z.string(),
    owner: z.string().nullable().meta({ description: "Its consumer's: the team whose members may change it." }),
    url: z.string(),
    /** Also allowed on this machine's own network. */
    allowPrivate: z.boolean(),
    events: z.array(z.enum(subscriptionEvents)),
    /** For the event `run`: the number of consecutive hours. */
    runHours: z.number().int().nullable(),
    /** For the event `day`: the time zone of its calendar days. */
    dayZone: z.string().nullable(),
    /** For the event `day`: the types whose hours make up the day, including its own. */
    dayEventTypes: z.array(z.string()),
    createdAt: instant,
    createdBy: z.string(),
    /** Until then, messages are also signed with the secret used before the last rotation. */
    previousSecretUntil: instant.nullable(),
    /** The newest hour that it was sent, or is being sent; null: nothing yet. */
    lastMessage: subscriptionMessageSchema
      .pick({
        event: true,
        hour: true,
        day: true,
        queuedAt: true,
        attempts: true,
        deliveredAt: true,
        gaveUpAt: true,
        lastError: true,
      })
      .nullable(),
    /** Messages not delivered yet. */
    waiting: z.number().int(),
    /** Messages given up on and not resent since. */
    failed: z.number().int(),
    etag: specTag,
  })
  .meta({ id: "Subscription" });

/** What only the answer that creates it, or its secret, has. */
export const newSubscriptionSchema = subscriptionSchema
  .extend({
    secret: z
      .string()
      .meta({ description: "Signs the messages (Standard Webhooks). Shown only once.", example: "whsec_…" }),
  })
  .meta({ id: "NewSubscription" });

export type ConsumerJson = z.infer<typeof consumerSchema>;
export type HourConsumerJson = z.infer<typeof hourConsumerSchema>;
export type ConsumerFiguresJson = z.infer<typeof consumerFiguresSchema>;
export type SubscriptionJson = z.infer<typeof subscriptionSchema>;
export type SubscriptionMessageJson = z.infer<typeof subscriptionMessageSchema>;
export type SubscriptionMessageState = (typeof subscriptionMessageStates)[number];

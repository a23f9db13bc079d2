import type { ConsumerWebhookJson } from "#domain/api/webhooks.ts";
import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { joinNames } from "#domain/name-list.ts";
import type { KnownFigures, SubscriptionEvent } from "#domain/subscription.ts";
import { toConsumerFigures } from "./message-figures.ts";

/** What a webhook's body is made of. */
export interface Message {
  id: string;
  eventType: string;
  consumer: string;
  hour: Hour;
  event: SubscriptionEvent;
  runHours: number | null;
  day: string | null;
  zone: string | null;
  /** For a day: the types whose hours make it up. */
  dayEventTypes: string[];
  revision: number;
  previousRevision: number | null;
  before: KnownFigures | null;
  after: KnownFigures;
  queuedAt: Date;
}

/** A webhook's body, the same at every attempt, in the shape Standard Webhooks recommends. */
export function webhookBody(message: Message, publicUrl: string): string {
  const { event, eventType, hour, runHours, revision, previousRevision, queuedAt, before, after } = message;
  const last = runHours === null ? hour : addHours(hour, runHours - 1);
  const run = runHours === null ? {} : { throughHour: formatHour(last), hours: runHours };
  const { state, ready } = after;
  const figures = { before: before && toConsumerFigures(before), after: toConsumerFigures(after) };
  const { day, zone, dayEventTypes } = message;
  const body: ConsumerWebhookJson = {
    type: typeOf(event),
    timestamp: formatInstant(queuedAt),
    data: {
      eventType,
      ...(day === null ? {} : { eventTypes: [...dayEventTypes], day, zone: zone ?? "UTC" }),
      hour: formatHour(hour),
      ...run,
      state,
      ready,
      revision,
      previousRevision,
      ...figures,
      readyUrl: `${publicUrl}/api/v1${day === null ? hourGate(message, last) : dayGate(message)}`,
    },
  };
  return JSON.stringify(body);
}

function typeOf(event: SubscriptionEvent): ConsumerWebhookJson["type"] {
  if (event === "run") return "run.complete";
  if (event === "day") return "day.complete";
  return event === "day-amended" ? "day.amended" : `hour.${event}`;
}

function hourGate({ eventType, consumer }: Message, hour: Hour): string {
  const query = new URLSearchParams({ consumer });
  return `/event-types/${encodeURIComponent(eventType)}/hours/${formatHour(hour)}/ready?${query}`;
}

function dayGate({ dayEventTypes, day, zone, consumer }: Message): string {
  return `/ready?${new URLSearchParams({ eventTypes: joinNames(dayEventTypes), day: day ?? "", zone: zone ?? "", consumer })}`;
}

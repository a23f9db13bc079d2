import { z } from "zod";
import { maxEntries } from "./entries.ts";
import { maxSeconds } from "./fields.ts";
import { stages } from "./messages.ts";
import { maxName } from "./names.ts";
import { maxIdentity } from "./parse-event.ts";
import { maxLine } from "./values.ts";

/*
 * Every message as it is sent. The API's description, the client's JSON Schema and the client's types are made of these
 * schemas. Messages are parsed by hand (data.ts), because a hundred thousand reports a message are too many for a schema
 * library; a property test holds the two to each other. What JSON Schema cannot say (clocks, months) the parser adds.
 */

// Ranges and not \p{Cc}, which validators in other languages do not know.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const printable = /^[^\u0000-\u001f\u007f-\u009f]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const namePattern = /^(?!\.\.?$)(?!\s)[^\u0000-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]*(?<!\s)$/;

const text = (max: number) => z.string().min(1).max(max).regex(printable);
const name = z
  .string()
  .min(1)
  .max(maxName)
  .regex(namePattern)
  .meta({ description: "Normalised to NFC: names that look the same are the same." });
const line = text(maxLine);
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const hour = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}(:00(:00)?)?Z?$/)
  .meta({ description: "A UTC hour, named by its start.", examples: ["2026-11-22T13"] });
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/)
  .meta({ examples: ["2026-11-22T13:04:05Z"] });
const stage = z.enum(stages).meta({ description: "Where events are counted, in the order they pass." });
const entries = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).max(maxEntries);

const countersData = z.object({
  dc: name,
  stage,
  reporter: name,
  epoch: count.nullish(),
  final: z.boolean().nullish().meta({ description: "This reporter ends here: it is no longer expected." }),
  reports: entries(
    z.object({
      eventType: name,
      hour,
      landedHour: hour.nullish(),
      events: count.meta({ description: "Cumulative: the largest wins within an epoch." }),
      bytes: count.nullish(),
      malformed: count.nullish(),
    }),
  ),
});

const watermarkData = z.object({
  dc: name,
  marks: entries(
    z.object({
      eventType: name,
      watermark: instant.meta({ description: "At most 10 minutes after the event's time." }),
    }),
  ),
});

const hourClosedData = z.object({
  dc: name,
  marks: entries(z.object({ eventType: name, hour, location: text(2_048).nullish() })),
});

const heartbeatData = z.object({
  dc: name,
  component: name,
  instance: name,
  version: line.nullish(),
  startedAt: instant.nullish(),
});

const deploymentData = z.object({
  dc: name.nullish(),
  component: name,
  version: line,
  deployedBy: line.nullish(),
  url: z
    .string()
    .max(2_048)
    .regex(/^[Hh][Tt][Tt][Pp][Ss]?:/)
    .nullish(),
});

const backlogData = z.object({
  dc: name.nullish(),
  eventType: name,
  stage,
  oldestAgeSeconds: z.number().min(0).max(maxSeconds),
  messages: count.nullish(),
});

function eventOf<Type extends string, Data extends z.ZodType>(id: string, type: Type, data: Data) {
  const event = z.object({
    specversion: z.literal("1.0"),
    type: z.literal(type),
    source: text(maxIdentity),
    id: text(maxIdentity),
    time: instant.meta({ description: "When it was observed; at most 10 minutes ahead." }),
    datacontenttype: z.string().regex(/json/).optional(),
    traceparent: z
      .string()
      .optional()
      .meta({
        description: "CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.",
        examples: ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
      }),
    data: data.meta({ id: `${id}Data` }),
  });
  return event.meta({ id: `${id}Event` });
}

/** A message to Tidemark: a CloudEvent 1.0 in JSON. Members that are not listed are ignored. */
export const cloudEvent = z
  .discriminatedUnion("type", [
    eventOf("Counters", "tidemark.counters.v1", countersData),
    eventOf("Watermark", "tidemark.watermark.v1", watermarkData),
    eventOf("HourClosed", "tidemark.hour-closed.v1", hourClosedData),
    eventOf("Heartbeat", "tidemark.heartbeat.v1", heartbeatData),
    eventOf("Deployment", "tidemark.deployment.v1", deploymentData),
    eventOf("Backlog", "tidemark.backlog.v1", backlogData),
  ])
  .meta({ id: "CloudEvent", description: "A message to Tidemark: a CloudEvent 1.0 in JSON." });

/** The data alone, as it is sent in binary mode. */
export const cloudEventData = z
  .union(cloudEvent.options.map(({ shape }) => shape.data))
  .meta({ id: "CloudEventData", description: "The data of an event in binary mode." });

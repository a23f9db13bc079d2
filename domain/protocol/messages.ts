import type { Hour } from "../hour.ts";

/** Where events are counted, in the order they pass. */
export const stages = ["produced", "published", "delivered"] as const;
export type Stage = (typeof stages)[number];

interface Envelope {
  /** CloudEvents' source and id: together they identify the message. */
  source: string;
  id: string;
  /** When the reporter observed it: the time that verdicts use. */
  time: Date;
  /** CloudEvents' Distributed Tracing extension: where the sender's span stands. Absent: it is not sent, or invalid. */
  traceparent?: string;
}

/** A reporter's cumulative count of one type's events of `hour` that landed in `landedHour`'s bucket. */
export interface Report {
  eventType: string;
  hour: Hour;
  landedHour: Hour;
  events: number;
  bytes: number | null;
  malformed: number | null;
}

/** Every event of the type with an event time before `watermark` is delivered. */
export interface WatermarkMark {
  eventType: string;
  watermark: Date;
}

/** Closes that hour alone; implies nothing about earlier ones. */
export interface HourMark {
  eventType: string;
  hour: Hour;
  location: string | null;
}

export interface CountersMessage extends Envelope {
  kind: "counters";
  dc: string;
  stage: Stage;
  reporter: string;
  epoch: number;
  /** The reporter ends here: it is no longer expected. */
  final: boolean;
  reports: Report[];
}

export interface WatermarkMessage extends Envelope {
  kind: "watermark";
  dc: string;
  marks: WatermarkMark[];
}

export interface HourClosedMessage extends Envelope {
  kind: "hour-closed";
  dc: string;
  marks: HourMark[];
}

export interface HeartbeatMessage extends Envelope {
  kind: "heartbeat";
  dc: string;
  component: string;
  instance: string;
  version: string | null;
  startedAt: Date | null;
}

export interface DeploymentMessage extends Envelope {
  kind: "deployment";
  dc: string | null;
  component: string;
  version: string;
  deployedBy: string | null;
  url: string | null;
}

/** A gauge of the backlog before a stage. */
export interface BacklogMessage extends Envelope {
  kind: "backlog";
  dc: string | null;
  eventType: string;
  stage: Stage;
  oldestAgeSeconds: number;
  messages: number | null;
}

export type Message =
  | CountersMessage
  | WatermarkMessage
  | HourClosedMessage
  | HeartbeatMessage
  | DeploymentMessage
  | BacklogMessage;

export type MessageOf<Kind extends Message["kind"]> = Extract<Message, { kind: Kind }>;

/** The event types and hours that a message names: limits, retention, partitions and batch sizes are checked against them. */
export interface Named {
  readonly types: readonly { eventType: string }[];
  /** Of the data. A watermark names none: it may be anywhere. */
  readonly hours: readonly { eventType: string; hour: Hour; landedHour?: Hour }[];
  /** The JSON pointer of the object that names the type or hour with this index. */
  at(index: number): string;
}

const none: [] = [];
const nothing: Named = { types: none, hours: none, at: () => "" };
const inReports = (index: number) => `/data/reports/${index}`;
const inMarks = (index: number) => `/data/marks/${index}`;
const inData = () => "/data";

// Lists are shared with the message and pointers made on demand: this runs once per message and check.
const named: { [Kind in Message["kind"]]: (message: MessageOf<Kind>) => Named } = {
  counters: ({ reports }) => ({ types: reports, hours: reports, at: inReports }),
  watermark: ({ marks }) => ({ types: marks, hours: none, at: inMarks }),
  "hour-closed": ({ marks }) => ({ types: marks, hours: marks, at: inMarks }),
  heartbeat: () => nothing,
  deployment: () => nothing,
  backlog: (message) => ({ types: [message], hours: none, at: inData }),
};

export function namedBy(message: Message): Named {
  return (named[message.kind] as (message: Message) => Named)(message);
}

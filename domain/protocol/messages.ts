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

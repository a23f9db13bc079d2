import type { Hour } from "../hour.ts";
import type { Message, MessageOf } from "./messages.ts";

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

import { type Fault, FaultList } from "../fault.ts";
import { parseInstant } from "../instant.ts";
import { parseTraceparent } from "../trace/traceparent.ts";
import { type Body, readers } from "./data.ts";
import type { Reading } from "./entries.ts";
import { decodeBase64Json } from "./json.ts";
import { foreignCharset } from "./media-type.ts";
import type { Message } from "./messages.ts";
import { aheadMs } from "./promises.ts";
import { instantRule, isObject, isText } from "./values.ts";

export type Parsed = { ok: true; message: Message } | { ok: false; faults: Fault[] };

// Two of them form a database key, and index rows end at 2,704 bytes: 400 UTF-16 units are at most 1,200 bytes.
export const maxIdentity = 400;
const identityRule = `must be a string of 1 to ${maxIdentity} characters without control characters`;
const jsonType = /^\s*[^\s;/]+\/(?:[^\s;]+\+)?json\s*(?:;|$)/i;

/** One CloudEvent 1.0 in structured mode, from parsed JSON. */
export function parseEvent(event: unknown, now: Date): Parsed {
  const faults = new FaultList();
  if (!isObject(event)) {
    faults.refuse("", "must be one CloudEvent, a JSON object", event);
    return { ok: false, faults: faults.faults };
  }
  const { specversion, id, source } = event;
  if (specversion !== "1.0") faults.refuse("/specversion", 'must be "1.0"', specversion);
  if (!isText(id, maxIdentity)) faults.refuse("/id", identityRule, id);
  if (!isText(source, maxIdentity)) faults.refuse("/source", identityRule, source);
  const time = readTime(event.time, now, faults);
  const body = readBody(event, { faults, now, time });
  if (!body || time === null || faults.faults.length > 0) return { ok: false, faults: faults.faults };
  const message = { ...body, source: source as string, id: id as string, time };
  // Invalid, it is ignored: a fault in tracing must cost no report.
  if (event.traceparent !== undefined && parseTraceparent(event.traceparent)) {
    message.traceparent = event.traceparent as string;
  }
  return { ok: true, message };
}

/** A CloudEvent in binary mode: its attributes under CloudEvents' own names, without `ce-`, beside its data. */
export function parseBinaryEvent(attributes: Readonly<Record<string, string>>, data: unknown, now: Date): Parsed {
  return parseEvent({ ...attributes, data }, now);
}

function readTime(value: unknown, now: Date, faults: FaultList): Date | null {
  const time = typeof value === "string" ? parseInstant(value) : null;
  if (!time) faults.refuse("/time", instantRule, value);
  else if (time.getTime() > now.getTime() + aheadMs) {
    faults.refuse("/time", `must be at most 10 minutes ahead of now, which is ${now.toISOString()}`, value);
  }
  return time;
}

function readBody(event: Record<string, unknown>, reading: Reading): Body | null {
  const { faults } = reading;
  const { type, datacontenttype } = event;
  if (datacontenttype !== undefined && !isJsonType(datacontenttype)) {
    faults.refuse("/datacontenttype", "must be a JSON type in UTF-8 like application/json", datacontenttype);
  }
  const read = typeof type === "string" ? readers.get(type) : undefined;
  if (!read) faults.refuse("/type", `must be one of ${[...readers.keys()].join(", ")}`, type);
  const data = readData(event, faults);
  return read && data ? read(data, reading) : null;
}

function isJsonType(value: unknown): boolean {
  return typeof value === "string" && jsonType.test(value) && foreignCharset(value) === null;
}

function readData(event: Record<string, unknown>, faults: FaultList): Record<string, unknown> | null {
  const { data, data_base64: encoded } = event;
  if (encoded !== undefined && data !== undefined) {
    faults.refuse("/data_base64", "must be absent beside data", encoded);
    return null;
  }
  const content = encoded === undefined ? data : decodeBase64Json(encoded);
  if (isObject(content)) return content;
  if (encoded === undefined) faults.refuse("/data", "must be an object", data);
  else faults.refuse("/data_base64", "must be a JSON object in UTF-8, in base64", encoded);
  return null;
}

import { gunzipSync } from "node:zlib";
import { type Message, type Parsed, parseBinaryEvent, parseEvent } from "#domain/protocol.ts";
import type { FuzzRequest } from "./make-requests.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The accepted messages of a request. Throws if one of them has no valid meaning. */
export function meaningOf(request: FuzzRequest, now: Date, isTaken: (index: number) => boolean): Message[] {
  return read(request, now).flatMap((each, index) => {
    if (!isTaken(index)) return [];
    if (each.ok) return [each.message];
    throw new Error(`The event at ${index} was taken, and says nothing valid: ${JSON.stringify(each.faults)}`);
  });
}

function read(request: FuzzRequest, now: Date): Parsed[] {
  const { headers, body } = request;
  const isPacked = /gzip/.test(headers["content-encoding"] ?? "");
  const value: unknown = JSON.parse(utf8.decode(isPacked ? gunzipSync(body) : body));
  const contentType = headers["content-type"] ?? "";
  if (/^application\/cloudevents-batch\+json/i.test(contentType))
    return (value as unknown[]).map((each) => parseEvent(each, now));
  if (/^application\/cloudevents\+json/i.test(contentType)) return [parseEvent(value, now)];
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith("ce-"));
  return [
    parseBinaryEvent(
      Object.fromEntries(attributes.map(([name, text]) => [name.slice(3), decodeURIComponent(text.trim())])),
      value,
      now,
    ),
  ];
}

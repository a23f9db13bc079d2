import { sayFound } from "../fault.ts";
import { decodeJson } from "./json.ts";
import { foreignCharset } from "./media-type.ts";
import { type Parsed, parseBinaryEvent, parseEvent } from "./parse-event.ts";

/** A message of a queue: Pub/Sub's with its attributes, Kafka's value with its headers. */
export interface QueueMessage {
  attributes: Readonly<Record<string, string>>;
  data: Uint8Array;
}

const contentTypeKey = /^content-?type$/i;
const attributeKey = /^ce[-_](.+)$/i;

/** A message by CloudEvents' Pub/Sub and Kafka bindings: structured if it says so or carries no `ce-` attributes (Kafka: `ce_` headers), else binary. */
export function parseQueueMessage({ attributes, data }: QueueMessage, now: Date): Parsed {
  const context: Record<string, string> = {};
  let contentType: string | undefined;
  for (const [key, value] of Object.entries(attributes)) {
    if (contentTypeKey.test(key)) contentType = value;
    const name = attributeKey.exec(key)?.[1];
    // `data` is not an attribute: a stray ce-data must not replace the payload.
    if (name && name !== "data" && name !== "data_base64") context[name.toLowerCase()] = value;
  }
  const charset = contentType === undefined ? null : foreignCharset(contentType);
  if (charset !== null) {
    return {
      ok: false,
      faults: [{ pointer: "", detail: `must be in UTF-8; its content type says ${sayFound(charset)}` }],
    };
  }
  const content = decodeJson(data);
  if (content === undefined) {
    const found = data.length === 0 ? "found no data" : `found ${data.length} bytes of other data`;
    return { ok: false, faults: [{ pointer: "", detail: `must have data that is JSON in UTF-8; ${found}` }] };
  }
  const structured = contentType?.toLowerCase().startsWith("application/cloudevents+json");
  if (structured || Object.keys(context).length === 0) return parseEvent(content, now);
  if (contentType !== undefined) context.datacontenttype = contentType;
  return parseBinaryEvent(context, content, now);
}

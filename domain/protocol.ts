// The messages that Tidemark ingests: CloudEvents 1.0 in JSON, see docs/protocol.
export type { Fault } from "./fault.ts";
export { cloudEvent, cloudEventData } from "./protocol/cloud-event.ts";
export { decodeHeaderValue, headerRule } from "./protocol/header-value.ts";
export { foreignCharset } from "./protocol/media-type.ts";
export * from "./protocol/messages.ts";
export { maxMonths, monthsNamed } from "./protocol/months-named.ts";
export { maxName, readName } from "./protocol/names.ts";
export { type Parsed, parseBinaryEvent, parseEvent } from "./protocol/parse-event.ts";
export { parseQueueMessage } from "./protocol/parse-queue-message.ts";

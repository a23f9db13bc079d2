// What a service, an exporter or a pipeline needs to report its counts to Tidemark. No dependencies but Node itself.
export { BacklogFull, BadInput } from "./bad-input.ts";
export { type HttpTransportOptions, httpTransport } from "./http-transport.ts";
export type { CloudEvent, EventData, Stage } from "./messages.ts";
export { type PubsubTopic, pubsubTransport } from "./pubsub-transport.ts";
export type { Refusal } from "./refusal.ts";
export { type CloseOptions, type CountOptions, openReporter, Reporter, type ReporterOptions } from "./reporter.ts";
export { type Fault, Refused, type Transport, Unreachable } from "./transport.ts";

// What a service, an exporter or a pipeline needs to tell Tidemark what it counted. No dependency but Node itself.
export { type HttpTransportOptions, httpTransport } from "./http-transport.ts";
export type { CloudEvent, EventData, Stage } from "./messages.ts";
export { type PubsubTopic, pubsubTransport } from "./pubsub-transport.ts";
export { openReporter, Reporter, type ReporterOptions } from "./reporter.ts";
export { Refused, type Transport, Unreachable } from "./transport.ts";

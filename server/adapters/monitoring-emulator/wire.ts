import { createRequire } from "node:module";
import type { ServiceDefinition } from "@grpc/grpc-js";
import { fromJSON, type MessageTypeDefinition, type PackageDefinition } from "@grpc/proto-loader";

type Message = MessageTypeDefinition<object, object>;

let definition: PackageDefinition | null = null;

/** Google's own protos, from the package of its client. Loaded at the first use: it takes a third of a second. */
function loadProtos(): PackageDefinition {
  const json = createRequire(import.meta.url)("@google-cloud/monitoring/build/protos/protos.json");
  definition ??= fromJSON(json, { longs: String, enums: String, defaults: true, oneofs: true });
  return definition;
}

export const metricService = () => loadProtos()["google.monitoring.v3.MetricService"] as unknown as ServiceDefinition;

/** A google.rpc.Status with one detail, as it travels in the trailer `grpc-status-details-bin`. */
export function encodeStatus(code: number, message: string, type: string, detail: object): Buffer {
  const protos = loadProtos();
  const value = (protos[type] as Message).serialize(detail);
  return (protos["google.rpc.Status"] as Message).serialize({
    code,
    message,
    details: [{ type_url: `type.googleapis.com/${type}`, value }],
  });
}

export interface WireTimestamp {
  seconds: string | number;
  nanos: number;
}

export const toTimestamp = (ms: number): WireTimestamp => ({
  seconds: String(Math.floor(ms / 1000)),
  nanos: (((ms % 1000) + 1000) % 1000) * 1_000_000,
});

export const fromTimestamp = (at: WireTimestamp): number =>
  Number(at.seconds) * 1000 + Math.floor(at.nanos / 1_000_000);

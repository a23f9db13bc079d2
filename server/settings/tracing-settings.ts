import { z } from "zod";
import { setting } from "./setting-notes.ts";
import { matching, optional, readAs, readHttpUrl } from "./setting-readers.ts";

const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** OpenTelemetry's own variables: where traces go, and how many. */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(optional(readHttpUrl), {
    description:
      "The OTLP/HTTP receiver that traces are sent to, at `/v1/traces` below it ([traces](operating.md#traces)). The other variables of the exporter and the batch processor (`OTEL_EXPORTER_OTLP_TIMEOUT`, `OTEL_BSP_…`, `OTEL_SPAN_…_LIMIT`) mean what OpenTelemetry says.",
    expected: "a URL such as http://127.0.0.1:4318",
    unset: "no traces: OpenTelemetry is not even loaded",
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: setting(optional(readHttpUrl), {
    description: "The same for traces alone, to the whole path.",
    expected: "a URL such as http://127.0.0.1:4318/v1/traces",
    unset: "OTEL_EXPORTER_OTLP_ENDPOINT with /v1/traces",
  }),
  OTEL_EXPORTER_OTLP_HEADERS: setting(optional(readPairs), {
    description: "Headers that the receiver asks for.",
    expected: "name=value pairs, percent-encoded, separated by commas, such as api-key=…",
    unset: "none",
    secret: true,
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: setting(z.enum(["http/json", "http/protobuf"]).default("http/json"), {
    description:
      "How traces are encoded. Receivers of OTLP/HTTP take both; `http/protobuf` is smaller, and the default of other programs.",
    expected: "http/json or http/protobuf; not grpc (a collector's HTTP port is 4318)",
    unset: "http/json",
  }),
  OTEL_SERVICE_NAME: setting(optional(matching(/^[^\p{C}]{1,255}$/u)), {
    description: "`service.name` of the traces. The process is `tidemark.process`.",
    expected: "a name of at most 255 characters",
    unset: "tidemark",
  }),
  OTEL_RESOURCE_ATTRIBUTES: setting(optional(readPairs), {
    description: "More attributes of the resource.",
    expected: "name=value pairs, percent-encoded, separated by commas, such as deployment.environment.name=prod",
    unset: "none",
  }),
  OTEL_TRACES_SAMPLER: setting(z.enum(samplers).default("parentbased_always_on"), {
    description: "Which traces are kept. An hour's trace has one id in all processes, so a ratio keeps whole hours.",
    expected: samplers.join(", "),
    unset: "parentbased_always_on: all, except those whose sender says no",
  }),
  OTEL_TRACES_SAMPLER_ARG: setting(readAs(readRatio).default(1), {
    description: "The share of traces that a `traceidratio` sampler keeps.",
    expected: "a number from 0 to 1",
    unset: "1",
  }),
  OTEL_SDK_DISABLED: setting(z.enum(["true", "false"]).default("false"), {
    description: "`true` turns traces off, whatever else is set.",
    expected: "true or false",
    unset: "false",
  }),
};

function readRatio(text: string): number | undefined {
  const ratio = Number(text);
  return /^\d*\.?\d+$/.test(text) && ratio >= 0 && ratio <= 1 ? ratio : undefined;
}

/** `key=value,key2=value2`, values percent-encoded: the form of W3C Baggage. */
function readPairs(text: string): Record<string, string> | undefined {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(",")) {
    const [, name, encoded = ""] = /^\s*([^\s=,]+)\s*=\s*([^,]*?)\s*$/.exec(pair) ?? [];
    if (name === undefined) return undefined;
    try {
      pairs[name] = decodeURIComponent(encoded);
    } catch {
      return undefined;
    }
  }
  return pairs;
}

import { hostname } from "node:os";
import type { Config } from "#server/config.ts";
import packageJson from "../../package.json" with { type: "json" };

/** What a process of this name records traces with; null: the settings ask for none. */
export function tracingOf(config: Config, process: string) {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole } = config;
  const url = whole ?? (base && `${base}/v1/traces`);
  if (url === null || config.OTEL_SDK_DISABLED === "true") return null;
  return {
    url,
    protocol: config.OTEL_EXPORTER_OTLP_PROTOCOL,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    resource: {
      "service.name": "tidemark",
      "service.version": packageJson.version,
      "host.name": hostname(),
      "tidemark.process": process,
      ...config.OTEL_RESOURCE_ATTRIBUTES,
      ...(config.OTEL_SERVICE_NAME === null ? {} : { "service.name": config.OTEL_SERVICE_NAME }),
    },
    sampler: config.OTEL_TRACES_SAMPLER,
    ratio: config.OTEL_TRACES_SAMPLER_ARG,
  };
}

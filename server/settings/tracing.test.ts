import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { tracingOf } from "./tracing.ts";

const endpoint = "http://collector:4318";

test("without an endpoint there are no traces, nor with the SDK disabled", () => {
  expect(tracingOf(readConfig({}), "web")).toBeNull();
  expect(tracingOf(readConfig({ OTEL_SERVICE_NAME: "tidemark" }), "web")).toBeNull();
  expect(tracingOf(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: "true" }), "web")).toBeNull();
});

test("the standard variables say where traces go, and what they are about", () => {
  const config = readConfig({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/`,
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=a%3Db, x-tenant = music ",
    OTEL_RESOURCE_ATTRIBUTES: "service.name=other,deployment.environment.name=prod",
    OTEL_SERVICE_NAME: "tidemark-eu",
  });
  expect(tracingOf(config, "notify")).toMatchObject({
    url: "http://collector:4318/v1/traces",
    headers: { "api-key": "a=b", "x-tenant": "music" },
    resource: {
      "service.name": "tidemark-eu",
      "deployment.environment.name": "prod",
      "tidemark.process": "notify",
    },
    sampler: "parentbased_always_on",
    ratio: 1,
    protocol: "http/json",
  });
  const protobuf = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf" };
  expect(tracingOf(readConfig(protobuf), "web")?.protocol).toBe("http/protobuf");
  const own = readConfig({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://traces.example.com/in" });
  expect(tracingOf(own, "web")?.url).toBe("https://traces.example.com/in");
});

test.each([
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
  ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
  ["OTEL_EXPORTER_OTLP_HEADERS", "api-key"],
  ["OTEL_RESOURCE_ATTRIBUTES", "a=%zz"],
  ["OTEL_TRACES_SAMPLER", "jaeger_remote"],
  ["OTEL_TRACES_SAMPLER_ARG", "1.5"],
  ["OTEL_SDK_DISABLED", "maybe"],
])("a wrong %s stops the start", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is .*: expected `));
});

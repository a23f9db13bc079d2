import { describe, expect, test } from "vitest";
import { ConfigError, readConfig, requireKnownSettings } from "#server/config.ts";

const refusalOf = (env: Record<string, string>): string | null => {
  try {
    requireKnownSettings(env);
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

describe("a variable that is no setting", () => {
  test.each([
    ["TIDEMARK_RETENTION_FACT", "TIDEMARK_RETENTION_FACTS"],
    ["TIDEMARK_RETENTION_FACTS_", "TIDEMARK_RETENTION_FACTS"],
    ["TIDEMARK_NOTIFIY_WORKERS", "TIDEMARK_NOTIFY_WORKERS"],
    ["TIDEMARK_WATCHDOG", "TIDEMARK_WATCHDOG_URL"],
    ["TIDEMARK_log_level", "TIDEMARK_LOG_LEVEL"],
    ["KAFKA_BROKER", "KAFKA_BROKERS"],
    ["KAFKA_GROUP_ID", "KAFKA_GROUP"],
    ["PUBSUB_PROJECT", "PUBSUB_PROJECT_ID"],
    ["PUBSUB_SUBSCRIPTIONS", "PUBSUB_SUBSCRIPTION"],
  ])("%s stops the start and names %s", (name, meant) => {
    expect(refusalOf({ [name]: "5" })).toBe(`${name} is not a setting. Did you mean ${meant}?`);
  });

  test("is named without a guess if nothing is near", () => {
    expect(refusalOf({ TIDEMARK_UNRELATED_THING: "5" })).toBe(
      "TIDEMARK_UNRELATED_THING is not a setting. Remove it; docs/configuration.md lists the settings.",
    );
  });

  test("all of them are named at once, and their values are not", () => {
    const said = refusalOf({ TIDEMARK_TOKN: "tm_secret", TIDEMARK_PORTS: "1" });
    expect(said).toMatch(/^TIDEMARK_TOKN is not .*TIDEMARK_PORTS is not /s);
    expect(said).not.toContain("tm_secret");
  });
});

test.each([
  ["an empty variable", { TIDEMARK_RETENTION_FACT: " " }],
  ["a channel's secret", { TIDEMARK_SECRET_PAGERDUTY: "x", TIDEMARK_SECRET_hook: "y" }],
  ["Kafka's own programs' variables", { KAFKA_OPTS: "-Xmx1g", KAFKA_HEAP_OPTS: "-Xmx1g", KAFKA_HOME: "/opt/kafka" }],
  ["another program's variables", { OPENLINEAGE_DISABLED: "true", MONITORING_LEVEL: "3", PATH: "/bin" }],
  [
    "what Kubernetes injects for the services tidemark, tidemark-web, pubsub and kafka",
    {
      TIDEMARK_SERVICE_HOST: "10.96.0.12",
      TIDEMARK_SERVICE_PORT: "3000",
      TIDEMARK_SERVICE_PORT_HTTP: "3000",
      TIDEMARK_PORT: "tcp://10.96.0.12:3000",
      TIDEMARK_PORT_3000_TCP: "tcp://10.96.0.12:3000",
      TIDEMARK_PORT_3000_TCP_PROTO: "tcp",
      TIDEMARK_PORT_3000_TCP_PORT: "3000",
      TIDEMARK_PORT_3000_TCP_ADDR: "10.96.0.12",
      TIDEMARK_WEB_PORT: "tcp://10.96.0.13:3000",
      TIDEMARK_WEB_SERVICE_HOST: "fd00::12",
      TIDEMARK_WEB_PORT_3000_TCP: "tcp://[fd00::12]:3000",
      PUBSUB_PORT: "tcp://10.96.0.14:8085",
      KAFKA_SERVICE_PORT_BROKER: "9092",
    },
  ],
])("%s does not stop the start", (_, env) => {
  expect(refusalOf(env)).toBeNull();
});

test("a service's variable that has the name of a setting does not set it", () => {
  expect(readConfig({ TIDEMARK_HEALTH_PORT: "tcp://10.96.0.12:9000" }).TIDEMARK_HEALTH_PORT).toBe(0);
});

test("a wrong value under the name of a service's variable still stops the start", () => {
  expect(refusalOf({ TIDEMARK_WEB_PORT: "3000" })).toMatch(/^TIDEMARK_WEB_PORT is not a setting\./);
});

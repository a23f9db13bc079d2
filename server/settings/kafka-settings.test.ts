import { describe, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { requireKafka } from "./required-settings.ts";

const kafka = { KAFKA_BROKERS: "kafka-1:9092, kafka-2:9092" };
const user = { KAFKA_SASL_MECHANISM: "PLAIN", KAFKA_SASL_USERNAME: "tidemark", KAFKA_SASL_PASSWORD: "hunter2" };

describe("Kafka's settings", () => {
  test("brokers are enough; topic and group have names by default", async () => {
    expect(await requireKafka(readConfig(kafka))).toEqual({
      brokers: ["kafka-1:9092", "kafka-2:9092"],
      topics: ["tidemark-events"],
      group: "tidemark-ingest",
      sasl: null,
      tls: null,
    });
  });

  test.each([
    [{ KAFKA_BROKERS: "kafka-1" }, "KAFKA_BROKERS is "],
    [{ KAFKA_BROKERS: "kafka-1:9092,kafka-1:9092" }, "KAFKA_BROKERS is "],
    [{ ...kafka, KAFKA_TOPIC: "a/b" }, "KAFKA_TOPIC is "],
    [{ ...kafka, KAFKA_SASL_MECHANISM: "GSSAPI" }, "KAFKA_SASL_MECHANISM is "],
    [{ ...kafka, KAFKA_SASL_MECHANISM: "PLAIN" }, "are set in part"],
    [{ ...kafka, KAFKA_SASL_PASSWORD: "hunter2" }, "are set in part"],
    [{ ...kafka, ...user }, "others could read the password"],
    [{ ...kafka, KAFKA_TLS: "yes", KAFKA_TLS_CERT: "a.pem" }, "one is set"],
    [{ ...kafka, KAFKA_TLS_CA: "a.pem" }, "they would not be used"],
  ])("half set or wrong, they stop the start: %o", (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence);
    expect(() => readConfig(env)).not.toThrow(/hunter2/);
  });

  test("a password may be sent readable on this machine, and over TLS anywhere", () => {
    expect(() => readConfig({ KAFKA_BROKERS: "127.0.0.1:9092", ...user })).not.toThrow();
    expect(() => readConfig({ ...kafka, ...user, KAFKA_TLS: "yes" })).not.toThrow();
  });

  test("a PEM file that is missing, or is none, is named with its setting", async () => {
    const missing = readConfig({ ...kafka, KAFKA_TLS: "yes", KAFKA_TLS_CA: "/nowhere/ca.pem" });
    await expect(requireKafka(missing)).rejects.toThrow(
      'KAFKA_TLS_CA: the file "/nowhere/ca.pem" cannot be read (ENOENT)',
    );
    const other = readConfig({ ...kafka, KAFKA_TLS: "yes", KAFKA_TLS_CA: import.meta.filename.replace(".test", "") });
    await expect(requireKafka(other)).rejects.toThrow("is not in PEM format");
  });
});

import { describe, expect, test } from "vitest";
import { explainKafka } from "./kafka-error.ts";

const names = { topics: ["events"], group: "tidemark-ingest" };
const failed = (...errors: unknown[]) =>
  new AggregateError([new AggregateError(errors, "attempt")], "all attempts failed");

describe("what is wrong with Kafka", () => {
  test.each([
    [{ apiId: "UNKNOWN_TOPIC_OR_PARTITION" }, 'Kafka has no topic "events": create it, or check KAFKA_TOPIC.'],
    [{ apiId: "TOPIC_AUTHORIZATION_FAILED" }, 'Kafka denies access to the topic "events"'],
    [{ apiId: "GROUP_AUTHORIZATION_FAILED" }, 'Kafka denies access to the consumer group "tidemark-ingest"'],
    [{ code: "PLT_KFK_AUTHENTICATION" }, "Kafka refused the credentials"],
    [new Error("self-signed certificate"), "Kafka's TLS connection failed (self-signed certificate)"],
    [new Error("connect ECONNREFUSED"), "Kafka is unreachable (connect ECONNREFUSED)."],
    [{}, "Kafka is unreachable (no reason was given)."],
  ])("%o is said in a sentence", (leaf, sentence) => {
    expect(explainKafka(failed(leaf), names).message).toContain(sentence);
  });

  test("an error that refers to itself ends", () => {
    const circle: { cause?: unknown; message: string } = { message: "round" };
    circle.cause = circle;
    expect(explainKafka(circle, names).message).toBe("Kafka is unreachable (no reason was given).");
  });
});

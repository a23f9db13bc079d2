import { expect, test } from "vitest";
import { findsNothing, kindText, mappedText, readingText, requestsText } from "./source-words.ts";

const reading = (metric: string, value: number | null, text: string | null = null) =>
  readingText({
    ...{ metric, value, text, at: "2026-11-22T13:20:00Z", seenAt: "2026-11-22T13:22:00Z" },
    ...{ delaySeconds: 120, sampledSeconds: 60 },
  });

test("a reading in seconds is a duration, another a count, and a text itself", () => {
  expect(reading("data_watermark_age", 1_675)).toBe(
    "data_watermark_age 27 min, sampled every 60 s, visible after 2 min",
  );
  expect(reading("oldest_waiting_age_seconds", 40)).toContain("oldest_waiting_age_seconds 40 s,");
  expect(reading("num_unacked_messages", 5_368)).toContain("num_unacked_messages 5,368,");
  expect(reading("status", null, "RUNNING")).toContain("status RUNNING,");
});

test("a source is named by its kind and its place", () => {
  const tables = [{ match: "x", eventType: "x", datacenter: "x" }];
  const bigQuery = { project: "my-project", dataset: "delivered", tables };
  expect(kindText({ kind: "bigQuery", spec: { bigQuery } })).toBe("BigQuery, my-project.delivered");
  const kafka = { groups: [{ group: "etl", topics: ["plays"] }] };
  expect(kindText({ kind: "kafka", spec: { kafka } })).toBe("Kafka, 1 consumer group");
  const cloudStorage = { subscription: "projects/p/subscriptions/objects", objects: [] };
  expect(kindText({ kind: "cloudStorage", spec: { cloudStorage } })).toBe(
    "Cloud Storage, project p, subscription objects",
  );
});

test("requests are compared with Google’s quota, where there is one", () => {
  expect(requestsText("cloudMonitoring", 12)).toBe(
    "12 requests, of the 6,000 that Google allows a project in a minute",
  );
  expect(requestsText("kafka", 1)).toBe("1 request");
});

test("a collection that finds nothing is trouble, but for buckets, which announce only what is written", () => {
  const run = { mapped: 0, notMapped: 0 } as never;
  expect([findsNothing({ kind: "kafka", run }), mappedText({ kind: "kafka", run })]).toEqual([true, "nothing found"]);
  expect([findsNothing({ kind: "cloudStorage", run }), mappedText({ kind: "cloudStorage", run })]).toEqual([
    false,
    "nothing new",
  ]);
  expect(findsNothing({ kind: "kafka", run: null })).toBe(false);
});

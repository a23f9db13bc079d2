import { expect, test } from "vitest";
import { readingText } from "./source-words.ts";

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

import { expect, test } from "vitest";
import { consumerNameOf } from "./consumer-name.ts";

test.each([
  ["royalties.daily", "royalties.daily"],
  ["spark/royalties daily [prod]", "spark-royalties-daily-prod"],
  ["_private", "private"],
  ["x".repeat(500), "x".repeat(100)],
  ["日次", null],
])("%s is the consumer %s", (job, name) => {
  expect(consumerNameOf(job)).toBe(name);
});

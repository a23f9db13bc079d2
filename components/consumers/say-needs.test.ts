import { expect, test } from "vitest";
import { sayNeeds } from "./say-needs.ts";

test.each([
  [null, 0, "Needs what the type promises."],
  [0.999, 0, "Needs a completeness of 99.9 %."],
  [0.07, 1, "Needs a completeness of 7 %. A webhook tells it."],
  [1, 3, "Needs a completeness of 100 %. 3 webhooks tell it."],
])("%s, %i webhooks", (minCompleteness, subscriptions, sentence) => {
  expect(sayNeeds({ minCompleteness, subscriptions })).toBe(sentence);
});

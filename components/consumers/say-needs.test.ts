import { expect, test } from "vitest";
import { percentOfShare, sayNeeds, shareOfPercent } from "./say-needs.ts";

test.each([
  [null, 0, "Needs what the type promises."],
  [0.999, 0, "Needs a completeness of 99.9 %."],
  [0.07, 1, "Needs a completeness of 7 %. A webhook tells it."],
  [1, 3, "Needs a completeness of 100 %. 3 webhooks tell it."],
])("%s, %i webhooks", (minCompleteness, subscriptions, sentence) => {
  expect(sayNeeds({ minCompleteness, subscriptions })).toBe(sentence);
});

test.each([
  [99.9, 0.999],
  [99.99, 0.9999],
  [99.5, 0.995],
  [7, 0.07],
  [100, 1],
])("%d %% is asked for as that share, and shown as that figure again", (percent, share) => {
  expect(shareOfPercent(percent)).toBe(share);
  expect(percentOfShare(share)).toBe(percent);
});

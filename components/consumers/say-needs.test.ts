import { expect, test } from "vitest";
import { percentOfShare, sayNeeds, shareOfPercent } from "./say-needs.ts";

test.each([
  [null, 0, "Needs complete hours."],
  [0.999, 0, "Needs 99.9 % completeness."],
  [0.07, 1, "Needs 7 % completeness. Notified by a webhook."],
  [1, 3, "Needs 100 % completeness. Notified by 3 webhooks."],
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

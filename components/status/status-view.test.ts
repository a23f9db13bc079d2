import { expect, test } from "vitest";
import { rejudgingText } from "./status-view.tsx";

test("says how far the background is, and how long the rest will take", () => {
  const progress = { hours: 4_800_000, doneHours: 1_204_000, secondsLeft: 370 };
  expect(rejudgingText(progress)).toBe("1,204,000 of 4,800,000 hours, about 6 min left");
  expect(rejudgingText({ ...progress, doneHours: 0, secondsLeft: null })).toBe("0 of 4,800,000 hours, just started");
});

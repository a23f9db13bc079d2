import { expect, test } from "vitest";
import { nextBreachText } from "./next-breach-text.ts";

const nowAt = "2026-11-22T15:42:00Z";
const next = {
  eventType: "EndSong",
  hour: "2026-11-22T13",
  deadlineAt: "2026-11-22T16:00:00Z",
  breachProbability: null,
};

test("a deadline is a deadline, a breach is said to be likely with its probability", () => {
  expect(nextBreachText(next, nowAt)).toBe("Next deadline in 18 min: EndSong.");
  expect(nextBreachText({ ...next, breachProbability: 0.04 }, nowAt)).toBe("Next deadline in 18 min: EndSong.");
  expect(nextBreachText({ ...next, breachProbability: 0.814 }, nowAt)).toBe(
    "Next breach likely in 18 min: EndSong (81 %).",
  );
});
test("nothing is claimed where nothing is known, nor of what has passed", () => {
  expect(nextBreachText(null, nowAt)).toBeNull();
  expect(nextBreachText({ ...next, deadlineAt: "2026-11-22T15:41:59Z" }, nowAt)).toBeNull();
});

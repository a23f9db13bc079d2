import { describe, expect, test } from "vitest";
import { explainRange, type HourNotReadyYet, worstNotReady } from "./range-readiness.ts";
import type { VerdictState } from "./verdict.ts";

function hour(state: VerdictState, name = "2026-11-27T13", more: Partial<HourNotReadyYet> = {}): HourNotReadyYet {
  return { eventType: "EndSong", hour: new Date(`${name}:00:00Z`), state, reason: null, closesAtP90: null, ...more };
}

describe("how ready a range is", () => {
  test("names the worst hour with its reason and forecast, and counts the others", () => {
    const worst = hour("late", "2026-11-27T13", {
      reason: "sjc has not closed the hour.",
      closesAtP90: new Date("2026-11-27T15:20:00Z"),
    });
    expect(explainRange({ total: 48, notReady: 7, worst })).toBe(
      "41 of 48 hours are ready. EndSong 2026-11-27T13 is late: sjc has not closed the hour. " +
        "Expected by 2026-11-27T15:20Z (p90). 6 more hours are not ready.",
    );
  });
  test.each([
    [{ total: 24, notReady: 0, worst: null }, "All 24 hours are ready."],
    [{ total: 1, notReady: 0, worst: null }, "The hour is ready."],
    [{ total: 1, notReady: 1, worst: hour("verifying") }, "The hour is not ready. EndSong 2026-11-27T13 is verifying."],
    [
      { total: 24, notReady: 2, worst: hour("open") },
      "22 of 24 hours are ready. EndSong 2026-11-27T13 has not ended yet. 1 more hour is not ready.",
    ],
  ])("%j", (standing, sentence) => expect(explainRange(standing)).toBe(sentence));

  test("late before incomplete before closing before open, the oldest first", () => {
    const all = (["open", "closing", "incomplete", "late", "late"] as const).map((state, index) =>
      hour(state, `2026-11-27T${10 + index}`),
    );
    expect(worstNotReady(all)?.hour.toISOString()).toContain("T13");
    expect(worstNotReady([])).toBeNull();
  });
});

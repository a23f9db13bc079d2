import { expect, test } from "vitest";
import { metricExportText, rejudgingText } from "./status-view.tsx";

test("says how far the background is, and how long the rest will take", () => {
  const progress = { hours: 4_800_000, doneHours: 1_204_000, secondsLeft: 370 };
  expect(rejudgingText(progress)).toBe("1,204,000 of 4,800,000 hours, about 6 min left");
  expect(rejudgingText({ ...progress, doneHours: 0, secondsLeft: null })).toBe("0 of 4,800,000 hours, just started");
});

const state = {
  project: "metrics",
  lastWriteAgeSeconds: 12,
  series: 1600,
  eventTypesLeftOut: 40,
  pointsWritten: 1600,
  pointsNotWritten: 0,
  error: null,
  failingSeconds: null,
};

test("says what was written, when, and what was left out", () => {
  expect(metricExportText(state)).toBe("1,600 series written 12 s ago to project metrics, 40 event types left out");
  expect(metricExportText({ ...state, eventTypesLeftOut: 0 })).toBe("1,600 series written 12 s ago to project metrics");
});

test("says that nothing was written yet, and why", () => {
  const never = { ...state, lastWriteAgeSeconds: null, series: 0 };
  expect(metricExportText(never)).toBe("project metrics, nothing written yet");
  expect(metricExportText({ ...never, error: "Permission denied." })).toBe(
    "project metrics, nothing written yet. Permission denied.",
  );
});

import { expect, test } from "vitest";
import { incidentDurations, medianSeconds } from "./incident-times.ts";

const at = (time: string) => new Date(`2026-10-05T${time}:00Z`);
const opened = {
  since: at("10:00"),
  openedAt: at("10:12"),
  acknowledgedAt: null,
  resolvedAt: null,
  firstDeadlineAt: null,
};

test("opened → acknowledged → resolved, noticed before its first hour was due", () => {
  const over = { ...opened, acknowledgedAt: at("10:15"), resolvedAt: at("11:12"), firstDeadlineAt: at("12:00") };
  expect(incidentDurations(over)).toEqual({
    detectSeconds: 720,
    acknowledgeSeconds: 180,
    resolveSeconds: 3_600,
    leadSeconds: 6_480,
  });
});

test("what has not happened has no duration; a first hour that was due before has a negative lead", () => {
  expect(incidentDurations({ ...opened, firstDeadlineAt: at("10:00") })).toEqual({
    detectSeconds: 720,
    acknowledgeSeconds: null,
    resolveSeconds: null,
    leadSeconds: -720,
  });
});

test("the median leaves out what has not happened", () => {
  expect(medianSeconds([30, null, 10, 20])).toBe(20);
  expect(medianSeconds([10, 40])).toBe(25);
  expect(medianSeconds([null])).toBeNull();
});

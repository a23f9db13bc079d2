import { expect, test } from "vitest";
import { readWeekly, weekdayNames, writeWeekly } from "#domain/silence/weekly.ts";
import { recurrenceText } from "./recurrence-text.ts";

const night = { startTime: "02:00", endTime: "04:00", location: "Europe/Stockholm" };

test.each([
  [["sunday"], "every Sunday 02:00–04:00 Europe/Stockholm"],
  [["saturday", "sunday"], "every Sunday and Saturday 02:00–04:00 Europe/Stockholm"],
  [["monday", "tuesday", "wednesday", "thursday", "friday"], "every weekday 02:00–04:00 Europe/Stockholm"],
  [weekdayNames, "every day 02:00–04:00 Europe/Stockholm"],
])("%j is %s", (weekdays, text) => {
  expect(recurrenceText(writeWeekly({ weekdays, ...night }))).toBe(text);
});

test("a form that has lost its last day is still the form", () => {
  expect(readWeekly(writeWeekly({ weekdays: [], ...night }))).toEqual({ weekdays: [], ...night });
  const over = { weekdays: [], startTime: "22:00", endTime: "03:00", location: "UTC" };
  expect(readWeekly(writeWeekly(over))).toEqual(over);
});

test("a night is one window, and what is no weekly window is shown as written", () => {
  const over = writeWeekly({ weekdays: ["friday"], startTime: "22:00", endTime: "03:00", location: "UTC" });
  expect(recurrenceText(over)).toBe("every Friday 22:00–03:00 UTC");
  expect(recurrenceText([{ daysOfMonth: ["1"] }])).toBe('within {"daysOfMonth":["1"]}');
});

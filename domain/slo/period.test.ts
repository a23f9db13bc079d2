import { describe, expect, test } from "vitest";
import {
  daysOf,
  formatDay,
  freezesAt,
  monthPeriod,
  parseMonth,
  promisedHours,
  rollingPeriod,
  weeksOf,
} from "./period.ts";

const utc = (text: string) => new Date(`${text}Z`);
const month = (text: string) => parseMonth(text) ?? utc("invalid");

test.each(["2026-13", "2026-1", "2026-10-01", "1969-12", "", "october"])("%j is not a valid month", (text) => {
  expect(parseMonth(text)).toBeNull();
});

test("28 days end with today", () => {
  const { from, to } = rollingPeriod(utc("2026-03-01T10:20"));
  expect([formatDay(from), formatDay(to), daysOf({ from, to }).length]).toEqual(["2026-02-02", "2026-03-02", 28]);
});

test("weeks are cut by the month: October 2026 begins on a Thursday", () => {
  const weeks = weeksOf(monthPeriod(month("2026-10")));
  expect(weeks.map(({ from, to }) => `${formatDay(from).slice(8)}–${formatDay(to).slice(5)}`)).toEqual([
    "01–10-05",
    "05–10-12",
    "12–10-19",
    "19–10-26",
    "26–11-01",
  ]);
});

test.each([
  ["2026-01-01T00:00", null, 744],
  ["2026-10-31T20:00", null, 4],
  ["2026-10-05T00:00", "2026-10-06T06:00", 30],
  ["2026-11-01T00:00", null, 0],
  ["2026-01-01T00:00", "2026-10-01T00:00", 0],
])("active from %s to %s, October promises %s hours", (activeFrom, activeTo, hours) => {
  const range = { activeFrom: utc(activeFrom), activeTo: activeTo === null ? null : utc(activeTo) };
  expect(promisedHours(range, monthPeriod(month("2026-10")))).toBe(hours);
});

describe("a month is frozen", () => {
  const october = (deadlineSeconds: number, termsSince: string) =>
    freezesAt({ month: month("2026-10"), deadlineSeconds, termsSince: utc(termsSince) }).toISOString();

  test("on the 3rd of the next, over a year's end too", () => {
    expect(october(7_200, "2026-01-01T00:00")).toBe("2026-11-03T00:00:00.000Z");
    const december = freezesAt({
      month: month("2026-12"),
      deadlineSeconds: 7_200,
      termsSince: utc("2026-01-01T00:00"),
    });
    expect(december.toISOString()).toBe("2027-01-03T00:00:00.000Z");
  });

  test("when its last hour is due, where that is later", () => {
    expect(october(259_200, "2026-01-01T00:00")).toBe("2026-11-04T00:00:00.000Z");
  });

  test("two days after the claim, where that is later: a past is loaded first", () => {
    expect(october(7_200, "2026-11-22T13:20")).toBe("2026-11-24T13:20:00.000Z");
  });
});

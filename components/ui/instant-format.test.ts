import { describe, expect, it } from "vitest";
import { formatBriefInstant, formatExactInstant, formatHourSpan, formatInstant } from "./instant-format.ts";

describe("formatInstant", () => {
  it("leaves the day out on the same day of the zone", () => {
    expect(formatInstant("2026-11-22T13:04:05Z", "UTC", "2026-11-22T23:00:00Z")).toBe("13:04");
  });
  it("names the day when the zone's day differs although the UTC day does not", () => {
    expect(formatInstant("2026-11-22T13:04:05Z", "Asia/Kolkata", "2026-11-22T19:00:00Z")).toBe("22 Nov 18:34");
  });
  it("names the year when it differs or nothing is known of now", () => {
    expect(formatInstant("2001-01-03T00:00:00Z", "UTC", "2026-11-22T19:00:00Z")).toBe("3 Jan 2001 00:00");
    expect(formatInstant("2001-01-03T00:00:00Z", "UTC")).toBe("3 Jan 2001 00:00");
  });
});

it("a brief one of another day is the day alone", () => {
  expect(formatBriefInstant("2026-11-22T13:04:05Z", "UTC", "2026-11-22T23:00:00Z")).toBe("13:04");
  expect(formatBriefInstant("2026-11-24T19:24:00Z", "UTC", "2026-11-22T23:00:00Z")).toBe("24 Nov");
  expect(formatBriefInstant("2027-01-03T19:24:00Z", "UTC", "2026-11-22T23:00:00Z")).toBe("3 Jan 2027");
});

it("an hour's span names its day only where that is another than its name's", () => {
  expect(formatHourSpan(new Date("2026-11-22T13:00:00Z"), "Europe/Stockholm")).toBe("14:00–15:00");
  expect(formatHourSpan(new Date("2026-11-22T22:00:00Z"), "Europe/Stockholm")).toBe("23:00–00:00");
  expect(formatHourSpan(new Date("2026-11-22T23:00:00Z"), "Europe/Stockholm")).toBe("23 Nov 00:00–01:00");
  expect(formatHourSpan(new Date("2026-11-22T13:00:00Z"), "Asia/Kolkata")).toBe("18:30–19:30");
});

it("the exact instant carries seconds and its zone", () => {
  expect(formatExactInstant("2026-11-22T23:04:05.250Z", "Europe/Stockholm")).toBe(
    "2026-11-23 00:04:05 Europe/Stockholm",
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addHours, formatHour, hourEnd, hourOf, parseHour } from "./hour.ts";

const hour13 = new Date("2026-11-22T13:00:00Z");

describe("parseHour", () => {
  test.each(["2026-11-22T13", "2026-11-22T13Z", "2026-11-22T13:00Z", "2026-11-22T13:00:00Z"])("reads %s", (text) => {
    expect(parseHour(text)).toEqual(hour13);
  });

  test.each([
    "",
    "13",
    "2026-11-22",
    "2026-11-22T13:00",
    "2026-11-22T13:30Z",
    "2026-11-22T13:00:01Z",
    "2026-11-22T13:00:00.000Z",
    "2026-11-22T13:00:00+01:00",
    "2026-11-22T24",
    "2026-11-22T24:00:00Z",
    "2026-02-30T00",
    "2025-02-29T00",
    "2026-13-01T00",
    "2026-00-10T00",
    "2026-11-22 13",
    "2026-11-22t13",
    " 2026-11-22T13",
    "2026-11-22T13\n",
    "+02026-11-22T13",
  ])("refuses %j, which names no hour", (text) => {
    expect(parseHour(text)).toBeNull();
  });

  test("a leap day is a day", () => {
    expect(parseHour("2024-02-29T23")).toEqual(new Date("2024-02-29T23:00:00Z"));
  });
});

const instants = fc.date({
  min: new Date("1970-01-01T00:00:00Z"),
  max: new Date("9999-12-30T00:00:00Z"),
  noInvalidDate: true,
});

describe("an hour", () => {
  test("reads back as it is written, and holds the instants from its start up to its end", () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const hour = hourOf(instant);
        expect(parseHour(formatHour(hour))).toEqual(hour);
        expect(hour <= instant && instant < hourEnd(hour)).toBe(true);
      }),
    );
  });

  test("13:00 up to 13:59:59.999 is hour 13, 14:00 is the next", () => {
    expect(hourOf(new Date("2026-11-22T13:59:59.999Z"))).toEqual(hour13);
    expect(hourOf(new Date("2026-11-22T14:00:00Z"))).toEqual(hourEnd(hour13));
  });

  test("hours before 1970 are floored too, not cut towards zero", () => {
    expect(hourOf(new Date("1969-12-31T23:30:00Z"))).toEqual(new Date("1969-12-31T23:00:00Z"));
  });

  test("hours are counted across the end of a year", () => {
    expect(formatHour(addHours(new Date("2026-12-31T22:00:00Z"), 3))).toBe("2027-01-01T01");
  });
});

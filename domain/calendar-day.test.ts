import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type CalendarDay, canonicalZone, dayAt, daysOfHour, readCalendarDay } from "./calendar-day.ts";
import { addHours, formatHour } from "./hour.ts";

function read(day: string, zone: string): CalendarDay {
  const read = readCalendarDay(day, zone);
  if (typeof read === "string") throw new Error(read);
  return read;
}

const hoursIn = ({ from, to }: CalendarDay) => (to.getTime() - from.getTime()) / 3_600_000;

describe("the hours of a calendar day", () => {
  test.each([
    ["2026-11-27", "UTC", "2026-11-27T00", 24],
    ["2026-11-27", "Europe/Stockholm", "2026-11-26T23", 24],
    // Clocks go forward, and back.
    ["2026-03-29", "Europe/Stockholm", "2026-03-28T23", 23],
    ["2026-10-25", "Europe/Stockholm", "2026-10-24T22", 25],
    ["2026-03-08", "America/New_York", "2026-03-08T05", 23],
    ["2026-11-01", "America/New_York", "2026-11-01T04", 25],
    // Days that begin at half past a UTC hour, or a quarter to: both of the hours that are in two days.
    ["2026-11-27", "Asia/Kolkata", "2026-11-26T18", 25],
    ["2026-11-27", "Asia/Kathmandu", "2026-11-26T18", 25],
    // Clocks that are changed by half an hour.
    ["2026-04-05", "Australia/Lord_Howe", "2026-04-04T13", 25],
    ["2026-11-27", "Pacific/Kiritimati", "2026-11-26T10", 24],
  ])("%s in %s begins with %s and has %i", (day, zone, first, hours) => {
    const calendarDay = read(day, zone);
    expect([formatHour(calendarDay.from), hoursIn(calendarDay)]).toEqual([first, hours]);
  });

  test.each([
    ["2026-02-30", "UTC", "day"],
    ["2026-2-3", "UTC", "day"],
    ["yesterday", "UTC", "day"],
    ["2026-11-27", "Europe/Stokholm", "zone"],
    ["2026-11-27", "+02:00", "zone"],
    ["2026-11-27", "", "zone"],
    ["2011-12-30", "Pacific/Apia", "skipped"],
  ])("%s in %s is refused for its %s", (day, zone, fault) => {
    expect(readCalendarDay(day, zone)).toBe(fault);
  });

  test("a zone is spelled as the tz database spells it", () => {
    expect(canonicalZone("europe/stockholm")).toBe("Europe/Stockholm");
    expect(canonicalZone("Mars/Olympus")).toBeNull();
  });

  test("every hour is in the days that it is said to be in, and in no others", () => {
    const zones = [
      "UTC",
      "Europe/Stockholm",
      "America/St_Johns",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Chatham",
    ];
    const hours = fc.integer({ min: Date.UTC(2020, 0, 1) / 3_600_000, max: Date.UTC(2030, 0, 1) / 3_600_000 });
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), (index, zone) => {
        const hour = new Date(index * 3_600_000);
        const days = daysOfHour(hour, zone);
        for (const offset of [-1, 0, 1]) {
          const day = addDays(dayAt(hour, zone), offset);
          const { from, to } = read(day, zone);
          expect(hour >= from && hour < to).toBe(days.includes(day));
          expect(to > addHours(from, 21)).toBe(true);
        }
      }),
    );
  });
});

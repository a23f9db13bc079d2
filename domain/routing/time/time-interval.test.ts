import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSpec } from "../../catalogue/parse-spec.ts";
import { containsInstant } from "./contains-instant.ts";
import { storedTimeIntervals, timeIntervalSpec, timeIntervalsSpec } from "./time-interval-schema.ts";
import { wallClock } from "./wall-clock.ts";

function interval(spec: object) {
  const parsed = parseSpec(timeIntervalSpec, spec);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}
const holds = (spec: object, at: string) => containsInstant(interval(spec), new Date(at));
const hours = (startTime: string, endTime: string) => [{ startTime, endTime }];

describe("an interval", () => {
  test("of nothing is always", () => expect(holds({}, "2026-11-22T13:00:00Z")).toBe(true));

  test("of times holds their start and not their end", () => {
    const spec = { times: hours("09:00", "17:30") };
    expect(holds(spec, "2026-11-22T08:59:59.999Z")).toBe(false);
    expect(holds(spec, "2026-11-22T09:00:00Z")).toBe(true);
    expect(holds(spec, "2026-11-22T17:29:59.999Z")).toBe(true);
    expect(holds(spec, "2026-11-22T17:30:00Z")).toBe(false);
    expect(holds({ times: [...hours("22:00", "24:00"), ...hours("00:00", "06:00")] }, "2026-11-22T23:59:59Z")).toBe(
      true,
    );
  });

  test("of weekdays, both ends in, whatever their case", () => {
    // The 22nd is a Sunday.
    const days = (weekdays: string[]) =>
      [22, 23, 24, 25, 26, 27, 28].filter((day) => holds({ weekdays }, `2026-11-${day}T12:00:00Z`));
    expect(days(["Monday:Friday"])).toEqual([23, 24, 25, 26, 27]);
    expect(days(["saturday", "sunday"])).toEqual([22, 28]);
  });

  test("of days of the month, also from its end", () => {
    const days = (daysOfMonth: (string | number)[], month: string, length: number) =>
      Array.from({ length }, (_, index) => index + 1).filter((day) =>
        holds({ daysOfMonth }, `${month}-${String(day).padStart(2, "0")}T12:00:00Z`),
      );
    expect(days(["1:3"], "2026-11", 30)).toEqual([1, 2, 3]);
    expect(days(["-3:-1"], "2026-11", 30)).toEqual([28, 29, 30]);
    expect(days(["-1"], "2028-02", 29)).toEqual([29]);
    expect(days([31], "2026-11", 30)).toEqual([]);
    expect(days(["29:31"], "2026-02", 28)).toEqual([]);
    expect(days(["27:31"], "2026-02", 28)).toEqual([27, 28]);
    expect(days(["5:-20"], "2026-11", 30)).toEqual([5, 6, 7, 8, 9, 10, 11]);
    expect(days(["-31:-28"], "2026-02", 28)).toEqual([1]);
  });

  test("of months by name or number, and of years", () => {
    const spec = { months: ["may:july", "12"], years: ["2026:2027", 2030] };
    expect(holds(spec, "2026-05-01T00:00:00Z")).toBe(true);
    expect(holds(spec, "2030-12-31T23:59:59Z")).toBe(true);
    expect(holds(spec, "2026-08-01T00:00:00Z")).toBe(false);
    expect(holds(spec, "2028-06-01T00:00:00Z")).toBe(false);
  });

  test("asks for all that it says", () => {
    const spec = { weekdays: ["sunday"], times: hours("02:00", "04:00"), months: ["november"] };
    expect(holds(spec, "2026-11-22T03:00:00Z")).toBe(true);
    expect(holds(spec, "2026-11-22T05:00:00Z")).toBe(false);
    expect(holds(spec, "2026-11-23T03:00:00Z")).toBe(false);
    expect(holds(spec, "2026-12-06T03:00:00Z")).toBe(false);
  });
});

describe("a place's clock", () => {
  const night = { times: hours("02:00", "03:00"), location: "Europe/Stockholm" };

  test("skips an hour in spring and shows one twice in autumn", () => {
    const minutes = (from: string) =>
      Array.from({ length: 24 * 60 }, (_, minute) => new Date(Date.parse(from) + minute * 60_000)).filter((at) =>
        containsInstant(interval(night), at),
      );
    expect(minutes("2026-03-28T23:00:00Z")).toHaveLength(0);
    expect(minutes("2026-06-01T22:00:00Z")).toHaveLength(60);
    const twice = minutes("2026-10-24T22:00:00Z");
    expect(twice).toHaveLength(120);
    expect([twice[0], twice.at(-1)]).toEqual([new Date("2026-10-25T00:00:00Z"), new Date("2026-10-25T01:59:00Z")]);
  });

  test("has its own day, month and year", () => {
    const inAuckland = {
      daysOfMonth: ["1"],
      months: ["january"],
      years: ["2027"],
      weekdays: ["friday"],
      location: "Pacific/Auckland",
    };
    expect(holds(inAuckland, "2026-12-31T10:59:59Z")).toBe(false);
    expect(holds(inAuckland, "2026-12-31T11:00:00Z")).toBe(true);
    expect(holds({ times: hours("05:45", "05:46"), location: "Asia/Kathmandu" }, "2026-11-22T00:00:00Z")).toBe(true);
  });

  test("of UTC and zones at a fixed distance are the instant's own, shifted", () => {
    const instants = fc.date({ min: new Date("1971-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.integer({ min: -12, max: 14 }), (at, hoursEast) => {
        // Etc names its zones by the distance to go west.
        const zone = `Etc/GMT${hoursEast <= 0 ? "+" : "-"}${Math.abs(hoursEast)}`;
        const shifted = new Date(at.getTime() + hoursEast * 3_600_000);
        expect(wallClock(at, zone)).toEqual(wallClock(shifted, "UTC"));
        const clock = wallClock(at, "UTC");
        expect(clock.weekday).toBe(new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay());
        expect(clock.day).toBeLessThanOrEqual(clock.daysInMonth);
      }),
    );
  });

  test("of two ways to write a time, either holds where the other does", () => {
    const zones = fc.constantFrom("UTC", "Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");
    const instants = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 1, max: 23 }), (at, location, hour) => {
        const noon = `${String(hour).padStart(2, "0")}:00`;
        const whole = containsInstant(interval({ location, times: hours("00:00", "24:00") }), at);
        const early = containsInstant(interval({ location, times: hours("00:00", noon) }), at);
        const late = containsInstant(interval({ location, times: hours(noon, "24:00") }), at);
        expect([whole, early !== late]).toEqual([true, true]);
        const days = ["sunday", "monday:tuesday", "wednesday:saturday"];
        expect(days.filter((day) => containsInstant(interval({ location, weekdays: [day] }), at))).toHaveLength(1);
      }),
    );
  });
});

test.each([
  { times: hours("17:00", "09:00") },
  { times: hours("09:00", "09:00") },
  { times: hours("9:00", "10:00") },
  { times: hours("09:00", "24:01") },
  { times: [] },
  { weekdays: ["friday:monday"] },
  { weekdays: ["mon"] },
  { daysOfMonth: ["0"] },
  { daysOfMonth: ["32"] },
  { daysOfMonth: ["-3:5"] },
  { daysOfMonth: ["10:5"] },
  { months: ["13"] },
  { months: ["december:january"] },
  { years: ["2027:2026"] },
  { location: "Local" },
  { location: "Europe/Atlantis" },
  { dates: [] },
  { times: Array.from({ length: 25 }, () => ({ startTime: "09:00", endTime: "10:00" })) },
  { weekdays: Array.from({ length: 32 }, () => "monday") },
])("%j is refused", (spec) => {
  expect(parseSpec(timeIntervalSpec, spec).ok).toBe(false);
});

test("more than 50 intervals are refused with what to do, and those stored before stay readable", () => {
  const intervals = Array.from({ length: 51 }, () => ({ times: hours("09:00", "10:00") }));
  expect(parseSpec(timeIntervalsSpec, intervals.slice(1)).ok).toBe(true);
  expect(parseSpec(timeIntervalsSpec, intervals)).toEqual({
    ok: false,
    faults: [
      {
        pointer: "",
        detail: expect.stringMatching(/^must hold at most 50 time intervals\. Combine those that differ in one field/),
      },
    ],
  });
  expect(parseSpec(storedTimeIntervals, intervals).ok).toBe(true);
});

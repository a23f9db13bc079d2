import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextWindows, parseSilence, readWeekly, silenceState, weekdayNames, writeWeekly } from "../silence.ts";

const zones = ["UTC", "Europe/Stockholm", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"];
const timeOfDay = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => new Date(quarter * 900_000).toISOString().slice(11, 16));
const weekly = fc
  .record({
    weekdays: fc.subarray(weekdayNames, { minLength: 1 }),
    startTime: timeOfDay,
    endTime: timeOfDay,
    location: fc.constantFrom(...zones),
  })
  .filter(({ startTime, endTime }) => startTime !== endTime);

function silenceOf(recurrence: object[] | null, startsAt = "2026-01-01T00:00:00Z", endsAt = "2027-12-31T00:00:00Z") {
  const repeats = recurrence === null ? {} : { recurrence };
  const parsed = parseSilence({ matchers: ['datacenter="ams"'], startsAt, endsAt, reason: "Switches.", ...repeats });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { spec } = parsed;
  return { startsAt: new Date(startsAt), endsAt: spec.endsAt, recurrence: spec.recurrence ?? null };
}
const shown = (windows: ReturnType<typeof nextWindows>) =>
  windows.map(({ startsAt, endsAt }) => `${startsAt.toISOString().slice(0, 16)}/${endsAt.toISOString().slice(0, 16)}`);

describe("the next windows of a silence", () => {
  test("are those in which it is active, and nothing between them is", () => {
    fc.assert(
      fc.property(weekly, fc.integer({ min: 0, max: 400 * 24 * 4 }), (each, quarter) => {
        const silence = silenceOf(writeWeekly(each));
        const now = new Date(Date.parse("2026-01-02T00:00:00Z") + quarter * 900_000);
        const windows = nextWindows(silence, { now, count: 3 });
        const last = windows.at(-1)?.endsAt.getTime() ?? now.getTime();
        for (let at = now.getTime(); at < Math.min(last, now.getTime() + 9 * 86_400_000); at += 900_000) {
          const inside = windows.some(({ startsAt, endsAt }) => at >= startsAt.getTime() && at < endsAt.getTime());
          if ((silenceState(silence, new Date(at)) === "active") !== inside)
            throw new Error(new Date(at).toISOString());
        }
        expect(windows).toHaveLength(3);
      }),
      { numRuns: 40 },
    );
  });

  test("follow the zone's clock over the change to winter time, and end with the silence", () => {
    const everySunday = writeWeekly({
      weekdays: ["sunday"],
      startTime: "02:00",
      endTime: "04:00",
      location: "Europe/Stockholm",
    });
    const now = new Date("2026-10-20T00:00:00Z");
    // 02:00 comes twice on the 25th: the window lasts three hours.
    expect(shown(nextWindows(silenceOf(everySunday), { now, count: 2 }))).toEqual([
      "2026-10-25T00:00/2026-10-25T03:00",
      "2026-11-01T01:00/2026-11-01T03:00",
    ]);
    const cut = silenceOf(everySunday, "2026-01-01T00:00:00Z", "2026-11-01T02:00:00Z");
    expect(shown(nextWindows(cut, { now, count: 3 })).at(-1)).toBe("2026-11-01T01:00/2026-11-01T02:00");
  });

  test("of one without a recurrence are its whole time, and none once it is over", () => {
    const once = silenceOf(null, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");
    expect(shown(nextWindows(once, { now: new Date("2026-11-22T13:00:00Z"), count: 3 }))).toEqual([
      "2026-11-22T00:00/2026-11-23T00:00",
    ]);
    expect(nextWindows(once, { now: new Date("2026-11-23T00:00:00Z"), count: 3 })).toEqual([]);
  });

  test("of a recurrence that never comes are none", () => {
    const past = silenceOf([{ years: ["2020"] }]);
    expect(nextWindows(past, { now: new Date("2026-11-22T13:00:00Z"), count: 3 })).toEqual([]);
  });

  test("keep the start of one that began days ago, at every read", () => {
    const fortnight = silenceOf([{ daysOfMonth: ["1:14"] }]);
    for (const now of ["2026-11-02T13:00:00Z", "2026-11-13T07:00:00Z"])
      expect(shown(nextWindows(fortnight, { now: new Date(now), count: 1 }))).toEqual([
        "2026-11-01T00:00/2026-11-15T00:00",
      ]);
  });

  test("span the whole silence where the recurrence always holds, however long it is", () => {
    const always = silenceOf([{ weekdays: ["sunday:saturday"] }], "2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z");
    expect(shown(nextWindows(always, { now: new Date("2030-01-01T00:00:00Z"), count: 3 }))).toEqual([
      "2020-01-01T00:00/2040-01-01T00:00",
    ]);
  });

  test("end where one that begins just within the horizon ends", () => {
    const decembers = silenceOf([{ months: ["december"] }], "2026-01-01T00:00:00Z", "2040-01-01T00:00:00Z");
    expect(shown(nextWindows(decembers, { now: new Date("2026-11-20T00:00:00Z"), count: 2 }))).toEqual([
      "2026-12-01T00:00/2027-01-01T00:00",
      "2027-12-01T00:00/2028-01-01T00:00",
    ]);
  });

  test("of thousands of stored intervals cost a bounded number of evaluations", () => {
    let evaluations = 0;
    const dense = Array.from({ length: 1_000 }, (_, index) => ({
      times: Array.from({ length: 24 }, () => ({ first: 0, last: 1 })),
      weekdays: null,
      daysOfMonth: null,
      months: null,
      // None of them ever comes.
      get years() {
        evaluations += 1;
        return [{ first: 2_000, last: 2_000 + (index % 2) }];
      },
      location: zones[index % zones.length] ?? "UTC",
    }));
    const silence = { ...silenceOf(null), recurrence: dense };
    expect(nextWindows(silence, { now: new Date("2026-11-22T13:00:00Z"), count: 3 })).toEqual([]);
    expect(evaluations).toBeGreaterThan(0);
    expect(evaluations).toBeLessThan(20_000);
    const now = new Date("2026-11-22T13:00:00Z");
    const tooDense = { ...silence, recurrence: Array.from({ length: 100 }, () => dense).flat() };
    evaluations = 0;
    expect([nextWindows(tooDense, { now, count: 3 }), evaluations]).toEqual([[], 0]);
  });
});

describe("a weekly window", () => {
  test("is read back from the intervals that it is written as", () => {
    fc.assert(
      fc.property(weekly, (each) => {
        const read = readWeekly(writeWeekly(each));
        expect(read && { ...read, endTime: read.endTime === "24:00" ? "00:00" : read.endTime }).toEqual(each);
      }),
    );
  });

  test("over midnight is one of the evening and one of the next morning", () => {
    const night = { weekdays: ["saturday"], startTime: "22:00", endTime: "02:00", location: "UTC" };
    expect(writeWeekly(night)).toEqual([
      { weekdays: ["saturday"], times: [{ startTime: "22:00", endTime: "24:00" }], location: "UTC" },
      { weekdays: ["sunday"], times: [{ startTime: "00:00", endTime: "02:00" }], location: "UTC" },
    ]);
  });

  test.each([
    [[{ daysOfMonth: ["1:7"] }]],
    [[{ weekdays: ["monday:friday"], times: [{ startTime: "02:00", endTime: "04:00" }] }]],
    [[{ times: [{ startTime: "02:00", endTime: "04:00" }], months: ["may"] }]],
    [[{ times: [{ startTime: "02:00", endTime: "04:00" }] }, { weekdays: ["sunday"] }]],
  ])("is not what %j means", (intervals) => {
    expect(readWeekly(intervals)).toBeNull();
  });
});

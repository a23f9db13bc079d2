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

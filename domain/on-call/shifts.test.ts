import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OnCallSchedule, type Override, onCallAt, parseOnCallSchedule, shiftsBetween } from "../on-call.ts";

const people = ["Ada Lind", "Bo Berg", "Cy Dahl"].map((name) => ({ name, channels: [`${name.slice(0, 3)}-pager`] }));
const weekly = { name: "weekly", people: ["Ada Lind", "Bo Berg"], rotation: "weekly", startsOn: "2026-11-02" };

function scheduleOf(layers: object[] = [weekly], timeZone = "Europe/Stockholm"): OnCallSchedule {
  const parsed = parseOnCallSchedule({ timeZone, people, layers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}

let made = 0;
function override(person: string, startsAt: string, endsAt: string): Override {
  made += 1;
  return {
    id: `o${made}`,
    person,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    createdAt: new Date(made * 1000),
  };
}

const shown = (schedule: OnCallSchedule, overrides: readonly Override[], from: string, to: string) =>
  shiftsBetween(schedule, overrides, { from: new Date(from), to: new Date(to) }).map(
    ({ person, startsAt, endsAt, layer }) =>
      `${startsAt.toISOString().slice(0, 16)}/${endsAt.toISOString().slice(0, 16)} ${person} ${layer ?? "override"}`,
  );

describe("the shifts of a schedule", () => {
  test("change hands each week at the handover, by the zone's clock", () => {
    expect(shown(scheduleOf(), [], "2026-11-03T00:00:00Z", "2026-11-18T00:00:00Z")).toEqual([
      "2026-11-03T00:00/2026-11-09T08:00 Ada Lind weekly",
      "2026-11-09T08:00/2026-11-16T08:00 Bo Berg weekly",
      "2026-11-16T08:00/2026-11-18T00:00 Ada Lind weekly",
    ]);
  });

  test("change hands at the same time of day before and after clocks change", () => {
    const daily = { ...weekly, rotation: "daily", startsOn: "2026-10-23", handover: "02:30" };
    // 02:30 comes twice on 25 October: the first counts. On 28 March 2027 it does not come at all.
    expect(shown(scheduleOf([daily]), [], "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z")).toEqual([
      "2026-10-24T12:00/2026-10-25T00:30 Bo Berg weekly",
      "2026-10-25T00:30/2026-10-26T01:30 Ada Lind weekly",
      "2026-10-26T01:30/2026-10-26T12:00 Bo Berg weekly",
    ]);
    expect(shown(scheduleOf([daily]), [], "2027-03-27T12:00:00Z", "2027-03-29T00:00:00Z")).toEqual([
      "2027-03-27T12:00/2027-03-28T01:30 Bo Berg weekly",
      "2027-03-28T01:30/2027-03-29T00:00 Ada Lind weekly",
    ]);
  });

  test("have no one before the first", () => {
    expect(shown(scheduleOf(), [], "2026-11-01T00:00:00Z", "2026-11-02T12:00:00Z")).toEqual([
      "2026-11-02T08:00/2026-11-02T12:00 Ada Lind weekly",
    ]);
    expect(onCallAt(scheduleOf(), [], new Date("2026-11-02T07:59:59Z"))).toBeNull();
    expect(onCallAt(scheduleOf(), [], new Date("2026-11-02T08:00:00Z"))).toBe("Ada Lind");
  });

  test("of a later layer replace those of earlier ones within its times", () => {
    const nights = {
      name: "nights",
      people: ["Cy Dahl"],
      rotation: "daily",
      startsOn: "2026-11-01",
      activeTimes: [{ times: [{ startTime: "00:00", endTime: "06:00" }], location: "Europe/Stockholm" }],
    };
    expect(shown(scheduleOf([weekly, nights]), [], "2026-11-03T12:00:00Z", "2026-11-04T12:00:00Z")).toEqual([
      "2026-11-03T12:00/2026-11-03T23:00 Ada Lind weekly",
      "2026-11-03T23:00/2026-11-04T05:00 Cy Dahl nights",
      "2026-11-04T05:00/2026-11-04T12:00 Ada Lind weekly",
    ]);
  });

  test("give way to an override, and an older override to a newer one", () => {
    const overrides = [
      override("Cy Dahl", "2026-11-03T06:00:00Z", "2026-11-03T18:00:00Z"),
      override("Bo Berg", "2026-11-03T08:00:00Z", "2026-11-03T10:00:00Z"),
      override("Someone who left", "2026-11-03T20:00:00Z", "2026-11-03T21:00:00Z"),
    ];
    expect(shown(scheduleOf(), overrides, "2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z")).toEqual([
      "2026-11-03T00:00/2026-11-03T06:00 Ada Lind weekly",
      "2026-11-03T06:00/2026-11-03T08:00 Cy Dahl override",
      "2026-11-03T08:00/2026-11-03T10:00 Bo Berg override",
      "2026-11-03T10:00/2026-11-03T18:00 Cy Dahl override",
      "2026-11-03T18:00/2026-11-04T00:00 Ada Lind weekly",
    ]);
  });

  test("do not overlap, are in order, and agree with who is on call at each instant", () => {
    const zone = fc.constantFrom("UTC", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu");
    const layer = fc.record({
      people: fc.uniqueArray(fc.constantFrom(...people.map(({ name }) => name)), { minLength: 1 }),
      rotation: fc.constantFrom("daily", "weekly"),
      every: fc.integer({ min: 1, max: 4 }),
      startsOn: fc.constantFrom("1970-01-01", "2026-03-03", "2026-11-20"),
      handover: fc.constantFrom("00:00", "02:30", "09:00", "23:45"),
    });
    const replaced = fc.record({
      person: fc.constantFrom("Ada Lind", "Bo Berg"),
      hour: fc.integer({ min: 0, max: 700 }),
      hours: fc.integer({ min: 1, max: 100 }),
    });
    const startMs = Date.parse("2026-11-01T00:00:00Z");
    fc.assert(
      fc.property(
        zone,
        fc.array(layer, { minLength: 1, maxLength: 3 }),
        fc.array(replaced, { maxLength: 4 }),
        (timeZone, layers, replacements) => {
          const named = layers.map((each, index) => ({ ...each, name: `layer ${index}` }));
          const schedule = scheduleOf(named, timeZone);
          const overrides = replacements.map(({ person, hour, hours }, index) => ({
            id: String(index),
            person,
            startsAt: new Date(startMs + hour * 3_600_000),
            endsAt: new Date(startMs + (hour + hours) * 3_600_000),
            createdAt: new Date(index),
          }));
          const span = { from: new Date(startMs), to: new Date(startMs + 30 * 86_400_000) };
          const shifts = shiftsBetween(schedule, overrides, span);
          for (const [index, { startsAt, endsAt }] of shifts.entries()) {
            expect(startsAt < endsAt).toBe(true);
            expect((shifts[index - 1]?.endsAt ?? span.from) <= startsAt).toBe(true);
          }
          for (let at = startMs; at < span.to.getTime(); at += 7 * 3_600_000 + 60_000) {
            const found = shifts.find(({ startsAt, endsAt }) => startsAt.getTime() <= at && at < endsAt.getTime());
            expect(onCallAt(schedule, overrides, new Date(at))).toBe(found?.person ?? null);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("are laid out for 92 days at most", () => {
    const shifts = shiftsBetween(scheduleOf(), [], { from: new Date("2026-11-03T00:00:00Z"), to: new Date(8.64e15) });
    expect(shifts.at(-1)?.endsAt.toISOString()).toBe("2027-02-03T00:00:00.000Z");
  });
});

describe("a schedule's document", () => {
  const faultsOf = (spec: object) => {
    const parsed = parseOnCallSchedule(spec);
    return parsed.ok ? [] : parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
  };

  test.each([
    [{ timeZone: "Mars/Olympus", people, layers: [weekly] }, "/timeZone"],
    [{ timeZone: "UTC", people: [], layers: [weekly] }, "/people"],
    [{ timeZone: "UTC", people: [{ name: "Ada Lind", channels: [] }], layers: [weekly] }, "/people/0/channels"],
    [{ timeZone: "UTC", people, layers: [] }, "/layers"],
    [{ timeZone: "UTC", people, layers: [{ ...weekly, people: ["Eve"] }] }, "/layers/0/people/0"],
    [{ timeZone: "UTC", people, layers: [weekly, weekly] }, "/layers/1/name"],
    [{ timeZone: "UTC", people: [...people, people[0]], layers: [weekly] }, "/people/3/name"],
    [{ timeZone: "UTC", people, layers: [{ ...weekly, startsOn: "2026-02-30" }] }, "/layers/0/startsOn"],
    [{ timeZone: "UTC", people, layers: [{ ...weekly, every: 53 }] }, "/layers/0/every"],
    [{ timeZone: "UTC", people, layers: [{ ...weekly, rotation: "hourly" }] }, "/layers/0/rotation"],
    [{ timeZone: "UTC", people, layers: [{ ...weekly, handover: "24:00" }] }, "/layers/0/handover"],
  ])("%j is refused at %s", (spec, pointer) => {
    expect(faultsOf(spec).filter((fault) => fault.startsWith(`${pointer} `))).toHaveLength(1);
  });

  test("names the people that a layer may have", () => {
    expect(faultsOf({ timeZone: "UTC", people, layers: [{ ...weekly, people: ["Eve"] }] })).toEqual([
      `/layers/0/people/0 must be one of the schedule's people (Ada Lind, Bo Berg, Cy Dahl); found "Eve"`,
    ]);
  });
});

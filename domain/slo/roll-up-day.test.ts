import { describe, expect, test } from "vitest";
import type { DatacenterEvidence } from "../verdict.ts";
import { rollUpDay } from "./roll-up-day.ts";
import type { SloHour } from "./slo-hour.ts";

const at = (time: string) => new Date(`2026-10-05T${time}:00Z`);

function evidence(name: string, closedAt: Date | null, more: Partial<DatacenterEvidence> = {}): DatacenterEvidence {
  const counts = { produced: 100n, published: null, delivered: 100n, lost: 0n, duplicated: 0n };
  const reporters = { reportersExpected: null, reportersMissing: null };
  return { name, closed: closedAt !== null, closedAt, watermark: null, known: true, ...counts, ...reporters, ...more };
}

/** Hour 10, due at 12:00, closed at 11:30 by west after east. */
function hour(more: Partial<SloHour> = {}): SloHour {
  return {
    hour: at("10:00"),
    state: "complete",
    closedAt: at("11:30"),
    deadlineAt: at("12:00"),
    known: true,
    produced: 200,
    delivered: 200,
    lost: 0,
    duplicated: 0,
    skewed: 0,
    excused: false,
    datacenters: [evidence("east", at("11:10")), evidence("west", at("11:30"))],
    ...more,
  };
}

describe("when an hour counts", () => {
  test("complete, before its deadline → not at all; it matures just after the deadline", () => {
    const { counts, maturesAt } = rollUpDay([hour()], at("12:00"));
    expect(counts).toMatchObject({ dueHours: 0, provenHours: 0, settledHours: 0 });
    expect(maturesAt).toEqual(new Date(at("12:00").getTime() + 1));
  });

  test("complete, deadline over → met, proven, in place", () => {
    const { counts, maturesAt, causes } = rollUpDay([hour()], at("12:01"));
    expect(counts).toMatchObject({ dueHours: 1, metHours: 1, dueEvents: 200, metEvents: 200 });
    expect(counts).toMatchObject({ provenHours: 1, completeHours: 1, settledHours: 1, inPlaceHours: 1 });
    expect(maturesAt).toBeNull();
    expect(causes).toEqual([]);
  });

  test("not closed, deadline over → missed already; its completeness waits until it is final", () => {
    const late = hour({
      state: "late",
      closedAt: null,
      datacenters: [evidence("east", at("11:10")), evidence("west", null)],
    });
    const { counts, causes } = rollUpDay([late], at("12:01"));
    expect(counts).toMatchObject({
      dueHours: 1,
      metHours: 0,
      dueEvents: 200,
      metEvents: 0,
      provenHours: 0,
      settledHours: 0,
    });
    expect(causes).toEqual([
      { measure: "timeliness", datacenter: "west", stage: "", deployment: "", hours: 1, events: 0 },
    ]);
  });

  test("verifying → due, and nothing of its figures yet", () => {
    const { counts } = rollUpDay([hour({ state: "verifying" })], at("12:01"));
    expect(counts).toMatchObject({ dueHours: 1, metHours: 1, provenHours: 0, settledHours: 0 });
  });

  test("closed at the very deadline → met; a millisecond later → missed", () => {
    const last = (closedAt: Date) => rollUpDay([hour({ closedAt })], at("13:00")).counts.metHours;
    expect(last(at("12:00"))).toBe(1);
    expect(last(new Date(at("12:00").getTime() + 1))).toBe(0);
  });

  test("unverified → its events count for timeliness and skew, its loss is no figure", () => {
    const { counts } = rollUpDay([hour({ state: "unverified", known: false, lost: 7 })], at("13:00"));
    expect(counts).toMatchObject({
      unverifiedHours: 1,
      provenHours: 0,
      producedEvents: 0,
      lostEvents: 0,
      settledHours: 1,
    });
  });

  test("excused → nowhere but among the excused, and no cause; before its deadline not even there", () => {
    const late = hour({ excused: true, closedAt: at("12:30") });
    expect(rollUpDay([late], at("13:00"))).toMatchObject({
      counts: { excusedHours: 1, dueHours: 0, settledHours: 0 },
      causes: [],
    });
    expect(rollUpDay([late], at("11:59")).counts.excusedHours).toBe(0);
  });

  test("of several hours the next deadline is when it matures", () => {
    const later = hour({ hour: at("11:00"), deadlineAt: at("13:00") });
    expect(rollUpDay([later, hour()], at("11:45")).maturesAt).toEqual(new Date(at("12:00").getTime() + 1));
    expect(rollUpDay([later, hour()], at("12:45")).maturesAt).toEqual(new Date(at("13:00").getTime() + 1));
  });
});

describe("figures", () => {
  test("overcounted → not complete, although nothing is lost", () => {
    const { counts } = rollUpDay([hour({ state: "overcounted", duplicated: 9, delivered: 209 })], at("13:00"));
    expect(counts).toMatchObject({ provenHours: 1, completeHours: 0, lostEvents: 0, duplicatedEvents: 9 });
  });

  test("skew of 0.01 % is in place, more is not", () => {
    const inPlace = (skewed: number) =>
      rollUpDay([hour({ delivered: 10_000, skewed })], at("13:00")).counts.inPlaceHours;
    expect([inPlace(1), inPlace(2)]).toEqual([1, 0]);
  });
});

describe("causes", () => {
  const late = (more: Partial<SloHour> = {}) => hour({ closedAt: at("12:30"), ...more });
  const closings = (...names: [string, string][]) => names.map(([name, time]) => evidence(name, at(time)));

  test("the last to close; of two at once the first by name", () => {
    const datacenters = closings(["east", "12:30"], ["north", "12:30"], ["west", "11:50"]);
    expect(rollUpDay([late({ datacenters })], at("13:00")).causes).toMatchObject([{ datacenter: "east", hours: 1 }]);
  });

  test("of an outage of every datacenter none alone, also once all have closed", () => {
    const datacenters = closings(["east", "12:30"], ["north", "12:20"]);
    expect(rollUpDay([late({ datacenters })], at("13:00")).causes).toMatchObject([
      { datacenter: "several datacenters", hours: 1 },
    ]);
    const [alone] = closings(["east", "12:30"]);
    expect(rollUpDay([late({ datacenters: alone ? [alone] : [] })], at("13:00")).causes).toMatchObject([
      { datacenter: "east" },
    ]);
  });

  test("of those that have not closed the furthest behind; of several equally far none alone", () => {
    const behind = (name: string, watermark: string | null) =>
      evidence(name, null, { watermark: watermark === null ? null : at(watermark) });
    const held = (...datacenters: DatacenterEvidence[]) =>
      rollUpDay([late({ state: "late", closedAt: null, datacenters })], at("13:00")).causes[0]?.datacenter;
    const closed = evidence("aws", at("11:00"));
    expect(held(closed, behind("east", "10:50"), behind("west", "10:20"))).toBe("west");
    expect(held(closed, behind("east", "10:50"), behind("west", null))).toBe("west");
    expect(held(closed, behind("east", "10:20"), behind("west", "10:20"))).toBe("several datacenters");
    expect(held(behind("east", null), behind("west", null))).toBe("several datacenters");
    expect(held()).toBe("");
  });

  test("the latest deployment there in the six hours before", () => {
    const datacenters = closings(["east", "11:00"], ["west", "12:30"]);
    const deployed = [
      { datacenter: "west", what: "exporter 1", deployedAt: at("04:59") },
      { datacenter: "west", what: "exporter 2", deployedAt: at("09:00") },
      { datacenter: null, what: "schema 3", deployedAt: at("08:00") },
      { datacenter: "east", what: "exporter 3", deployedAt: at("10:00") },
      { datacenter: "west", what: "exporter 4", deployedAt: at("12:10") },
    ];
    const named = (some: typeof deployed) =>
      rollUpDay([late({ datacenters })], at("13:00"), some).causes[0]?.deployment;
    expect(named(deployed)).toBe("exporter 2");
    expect(named(deployed.filter(({ what }) => what !== "exporter 2"))).toBe("schema 3");
    expect(named(deployed.filter(({ what }) => what === "exporter 1" || what === "exporter 4"))).toBe("");
    const long = { datacenter: null, what: `${"🎵".repeat(255)} ${"v".repeat(255)}`, deployedAt: at("10:00") };
    expect(Buffer.byteLength(named([long]) ?? "")).toBeLessThan(1_200);
  });

  test.each([
    [100n, 90n, 89n, "produced to published"],
    [100n, 99n, 60n, "published to delivered"],
    [100n, null, 60n, "produced to delivered"],
  ])("produced %s, published %s, delivered %s → lost from %s", (produced, published, delivered, stage) => {
    const lossy = evidence("east", at("11:00"), { produced, published, delivered, lost: produced - delivered });
    const { causes } = rollUpDay(
      [hour({ state: "incomplete", datacenters: [lossy, evidence("west", at("11:30"))] })],
      at("13:00"),
    );
    expect(causes).toEqual([
      {
        measure: "completeness",
        datacenter: "east",
        stage,
        deployment: "",
        hours: 1,
        events: Number(produced - delivered),
      },
    ]);
  });

  test("the same of several hours is one cause", () => {
    expect(rollUpDay([late(), late({ hour: at("11:00") })], at("13:00")).causes).toMatchObject([
      { datacenter: "west", hours: 2 },
    ]);
  });
});

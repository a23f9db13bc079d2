import fc from "fast-check";
import { expect, test } from "vitest";
import { causeName, causeRows } from "./cause-rows.ts";
import type { SloCause } from "./causes.ts";

const cause = fc.record({
  measure: fc.constantFrom("timeliness" as const, "completeness" as const),
  datacenter: fc.constantFrom("", "ash", "lon", "sjc", "several datacenters"),
  stage: fc.constantFrom("" as const, "produced to published" as const, "published to delivered" as const),
  deployment: fc.constantFrom("", "exporter 4.2.0", "schema 3", "broker 7", "host 1"),
  hours: fc.integer({ min: 1, max: 400 }),
  events: fc.integer({ min: 1, max: 1e6 }),
});

test("the rows add up to the totals, whatever the causes", () => {
  fc.assert(
    fc.property(fc.array(cause, { maxLength: 60 }), fc.nat(1000), fc.nat(1e6), (some, moreHours, moreEvents) => {
      const causes: SloCause[] = some.map((each) => (each.measure === "timeliness" ? { ...each, events: 0 } : each));
      const late = causes.filter(({ measure }) => measure === "timeliness").reduce((sum, { hours }) => sum + hours, 0);
      const totals = {
        lateHours: late + moreHours,
        lostEvents: causes.reduce((sum, { events }) => sum + events, 0) + moreEvents,
      };
      const rows = causeRows(causes, totals);
      expect(rows.reduce((sum, { lateHours }) => sum + lateHours, 0)).toBe(totals.lateHours);
      expect(rows.reduce((sum, { lostEvents }) => sum + lostEvents, 0)).toBe(totals.lostEvents);
      expect(new Set(rows.map(causeName)).size).toBe(rows.length);
      expect(rows.length).toBeLessThanOrEqual(13);
    }),
  );
});

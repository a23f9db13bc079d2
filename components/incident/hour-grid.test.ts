import { expect, test } from "vitest";
import type { IncidentHourJson } from "#domain/api/alerts.ts";
import { gridOfHours } from "./hour-grid.ts";
import { outcomeOf, sharesOf } from "./hour-outcome.ts";

const hour = (eventType: string, name: string, part: Partial<IncidentHourJson> = {}) =>
  ({ eventType, hour: name, state: "late", accepted: null, recoveredAt: null, ...part }) as IncidentHourJson;

test("hours are rows by type and columns by hour, and gaps stay gaps", () => {
  const grid = gridOfHours([
    hour("PlayStart", "2026-11-22T23"),
    hour("EndSong", "2026-11-23T01"),
    hour("EndSong", "2026-11-22T23"),
  ]);
  expect(grid.names).toEqual(["2026-11-22T23", "2026-11-23T00", "2026-11-23T01"]);
  expect(grid.types.map(({ eventType, byHour }) => [eventType, [...byHour.keys()].sort()])).toEqual([
    ["EndSong", ["2026-11-22T23", "2026-11-23T01"]],
    ["PlayStart", ["2026-11-22T23"]],
  ]);
  expect(grid.hidden).toBe(0);
});

test("of an incident of weeks the newest three days are drawn, and the rest is counted", () => {
  const grid = gridOfHours([hour("EndSong", "2026-11-01T00"), hour("EndSong", "2026-11-22T23")]);
  expect(grid.names).toHaveLength(72);
  expect(grid.names.at(-1)).toBe("2026-11-22T23");
  expect(grid.hidden).toBe(1);
});

test("without hours there is nothing to draw", () => {
  expect(gridOfHours([])).toEqual({ names: [], types: [], hidden: 0 });
});

test("an hour that is final and not complete never counts as recovered", () => {
  const recoveredAt = "2026-11-23T02:00:00Z";
  expect(outcomeOf(hour("A", "2026-11-22T23"))).toBe("waiting");
  expect(outcomeOf(hour("A", "2026-11-22T23", { state: "complete", recoveredAt }))).toBe("recovered");
  expect(outcomeOf(hour("A", "2026-11-22T23", { state: "incomplete", recoveredAt }))).toBe("lossy");
  expect(outcomeOf(hour("A", "2026-11-22T23", { accepted: {} as never, recoveredAt }))).toBe("accepted");
  const hours = { first: "2026-11-22T23", last: "2026-11-23T01", affected: 12, final: 7, accepted: 1, lossy: 2 };
  expect(sharesOf(hours)).toEqual([
    { outcome: "recovered", count: 5 },
    { outcome: "accepted", count: 1 },
    { outcome: "lossy", count: 2 },
    { outcome: "waiting", count: 4 },
  ]);
  expect(sharesOf(null)).toEqual([]);
});

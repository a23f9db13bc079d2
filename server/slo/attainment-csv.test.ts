import { expect, test } from "vitest";
import type { SloItemJson } from "#domain/api/slo.ts";
import { toAttainmentCsv } from "./attainment-csv.ts";

const noFigures = { counted: 0, good: 0, bad: 0, attainment: null, budget: null };
const measure = { objective: null, status: "no_data", hours: noFigures, events: noFigures };

function itemOf(name: string): SloItemJson {
  const timeliness = { ...measure, hours: { ...noFigures, budget: { allowed: 1, remaining: -0.5 } } };
  return {
    scope: "eventType",
    name,
    tier: "high",
    owner: null,
    types: 1,
    hours: { promised: 1, due: 1, excused: 0, undecided: 0 },
    frozenAt: null,
    restated: false,
    timeliness,
    completeness: { ...measure, unverifiedHours: 0 },
    skew: measure,
  } as unknown as SloItemJson;
}

const rowsOf = (...names: string[]) =>
  toAttainmentCsv({ period: { name: "2026-11" }, items: names.map(itemOf) } as never).split("\r\n");

test("one line per item below a header, each ended", () => {
  const lines = rowsOf("EndSong", "PlayStart");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^period,scope,name,tier,owner,types,/);
  expect(lines[1]).toMatch(/^2026-11,eventType,EndSong,high,,1,1,1,0,0,,false,/);
  expect(lines[3]).toBe("");
});

test("text with separators is quoted", () => {
  expect(rowsOf('a "b", c')[1]).toContain(',"a ""b"", c",');
});

test.each(["=1+1", "+1", "-1", "@x", "\t1"])("the name %j is no formula", (name) => {
  expect(rowsOf(name)[1]).toContain(`,'${name},`);
});

test("a negative number stays a number", () => {
  expect(rowsOf("EndSong")[1]).toContain(",-0.5,");
});

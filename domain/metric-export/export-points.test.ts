import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exportedMetrics, exportPoints } from "../metric-export.ts";
import type { ExportFigures } from "./export-figures.ts";

const figures: ExportFigures = {
  openIncidents: { page: 2 },
  types: [
    {
      eventType: "EndSong",
      openHours: 0,
      delaySeconds: null,
      breachProbability: null,
      closingDelaySeconds: 2700,
      completeness: 0.75,
      lost: 3,
      duplicated: 0,
    },
  ],
  lanes: [
    {
      eventType: "EndSong",
      datacenter: "lon",
      lagSeconds: 60,
      closingDelaySeconds: null,
      completeness: null,
      lost: null,
      duplicated: null,
    },
  ],
  leftOut: { eventTypes: 4, lanes: 0 },
};

const shown = (all: ExportFigures) =>
  exportPoints(all).map(({ metric, labels, value }) => `${metric.name} ${Object.values(labels).join(" ")} ${value}`);

test("each known figure is a point, a known zero among them", () => {
  const all = shown(figures);
  expect(all).toContain("event_type/closing_delay EndSong 2700");
  expect(all).toContain("event_type/open_delay EndSong 0");
  expect(all).toContain("event_type/completeness EndSong 0.75");
  expect(all).toContain("event_type/lost EndSong 3");
  expect(all).toContain("event_type/duplicated EndSong 0");
  expect(all).toContain("lane/watermark_age EndSong lon 60");
  expect(all).toContain("open_incidents page 2");
  expect(all).toContain("open_incidents ticket 0");
  expect(all).toContain("event_types_left_out  4");
});

test("what is unknown has no point", () => {
  const names = exportPoints(figures).map(({ metric }) => metric.name);
  expect(names).not.toContain("event_type/breach_probability");
  expect(names.filter((name) => name.startsWith("lane/"))).toEqual(["lane/watermark_age"]);
});

test("every series is written once", () => {
  const keys = exportPoints(figures).map(({ metric, labels }) => JSON.stringify([metric.name, labels]));
  expect(new Set(keys).size).toBe(keys.length);
});

test("the documentation lists every metric with its unit", () => {
  const page = readFileSync("docs/cloud-monitoring-out.md", "utf8");
  const missing = exportedMetrics.filter(({ name, unit }) => !page.includes(`| \`${name}\` | \`${unit}\` |`));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

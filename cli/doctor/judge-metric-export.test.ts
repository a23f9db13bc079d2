import { expect, test } from "vitest";
import { judgeMetricExport } from "./judge-metric-export.ts";

const state = {
  project: "metrics",
  lastWriteAgeSeconds: 20,
  series: 1600,
  eventTypesLeftOut: 0,
  pointsWritten: 1600,
  pointsNotWritten: 0,
  error: null as string | null,
  failingSeconds: null,
};
const judged = (more: Partial<Omit<typeof state, "lastWriteAgeSeconds">> & { lastWriteAgeSeconds?: number | null }) =>
  judgeMetricExport({ metricExport: { ...state, ...more } });

test("without an export there is nothing to say", () => {
  expect(judgeMetricExport({ metricExport: null })).toEqual([]);
});

test("a working export is a finding without fault, with what is left out", () => {
  expect(judged({ eventTypesLeftOut: 40 })).toMatchObject([
    {
      sentence:
        "Metrics: to Cloud Monitoring, project metrics: last written 20 s ago, 1,600 series, 40 event types left out.",
    },
  ]);
});

test("a failing export gives the reason, and one that stands still names its worker", () => {
  const [failing] = judged({ error: "Project metrics: Permission denied." });
  expect(failing).toMatchObject({ sentence: expect.stringContaining("Permission denied.") });
  const [standing] = judged({ lastWriteAgeSeconds: 600 });
  expect(standing).toMatchObject({ sentence: expect.stringMatching(/last written 10 min ago\. .*"collect"/) });
  expect([failing?.verdict, standing?.verdict]).toEqual(["bad", "bad"]);
});

import { describe, expect, test } from "vitest";
import { fromOpenSlo, type NamedObjective, toOpenSlo } from "./openslo.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests break documents in every way
type Slo = Record<string, any>;

const objective: NamedObjective = {
  kind: "EventType",
  name: "Playlist/Edit",
  owner: "Content Team",
  measure: "timeliness",
  target: 0.995,
};

describe("a document", () => {
  test("of a type's timeliness: hours are time slices of a calendar month", () => {
    expect(toOpenSlo(objective)).toMatchObject({
      apiVersion: "openslo/v1",
      kind: "SLO",
      metadata: { name: "type-playlist-edit-timeliness", annotations: { "tidemark/event-type": "Playlist/Edit" } },
      spec: {
        service: "content-team",
        timeWindow: [{ duration: "1M", isRolling: false, calendar: { timeZone: "UTC" } }],
        budgetingMethod: "Timeslices",
        objectives: [{ target: 0.995, timeSliceTarget: 1, timeSliceWindow: "1h" }],
      },
    });
  });

  test("of skew counts events", () => {
    expect(toOpenSlo({ ...objective, measure: "skew" })).toMatchObject({
      spec: { budgetingMethod: "Occurrences", objectives: [{ target: 0.995 }] },
    });
  });

  test.each(["EndSong", "Ünïcode ✓", "-", "x".repeat(200)])("%j has a name that is a label", (name) => {
    const { metadata } = toOpenSlo({ ...objective, name }) as { metadata: { name: string } };
    expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  test.each(["Tier", "EventType"] as const)("of a %s reads back as it was", (kind) => {
    const { owner: _, ...said } = { ...objective, kind };
    expect(fromOpenSlo(toOpenSlo({ ...objective, kind }))).toEqual({ ok: true, objective: said });
  });
});

describe("a document from elsewhere", () => {
  const document = (change: (slo: Slo) => void) => {
    const slo = structuredClone(toOpenSlo(objective)) as Slo;
    change(slo);
    return fromOpenSlo(slo);
  };

  test("targetPercent is read to the digit", () => {
    expect(document(({ spec }) => (spec.objectives = [{ targetPercent: 99.95 }]))).toMatchObject({
      objective: { target: 0.9995 },
    });
  });

  test.each([
    ["another version", "/apiVersion", (slo) => (slo.apiVersion = "openslo/v1alpha")],
    ["an unknown kind", "/kind", (slo) => (slo.kind = "Thing")],
    ["no annotation", "/metadata/annotations", (slo) => delete slo.metadata.annotations],
    ["a type and a tier", "/metadata/annotations", (slo) => (slo.metadata.annotations["tidemark/tier"] = "high")],
    ["an unknown measure", "/metadata/annotations", (slo) => (slo.metadata.annotations["tidemark/measure"] = "speed")],
    ["two objectives", "/spec/objectives", (slo) => slo.spec.objectives.push({ target: 0.9 })],
    ["a target of all", "/spec/objectives/0/target", (slo) => (slo.spec.objectives[0].target = 1)],
    ["both ways of saying it", "/spec/objectives/0/target", (slo) => (slo.spec.objectives[0].targetPercent = 99)],
  ] as [string, string, (slo: Slo) => void][])("%s is refused at %s", (_what, pointer, change) => {
    expect(document(change)).toMatchObject({ ok: false, faults: [{ pointer }] });
  });

  test.each([
    ["a rolling window", "/spec/timeWindow/0/isRolling", (slo) => (slo.spec.timeWindow[0].isRolling = true)],
    ["28 days", "/spec/timeWindow/0/duration", (slo) => (slo.spec.timeWindow[0].duration = "28d")],
    ["two windows", "/spec/timeWindow", (slo) => slo.spec.timeWindow.push({ duration: "1M" })],
    [
      "another zone",
      "/spec/timeWindow/0/calendar/timeZone",
      (slo) => (slo.spec.timeWindow[0].calendar.timeZone = "Europe/Stockholm"),
    ],
    ["a budget of events", "/spec/budgetingMethod", (slo) => (slo.spec.budgetingMethod = "Occurrences")],
    ["a ratio of slices", "/spec/budgetingMethod", (slo) => (slo.spec.budgetingMethod = "RatioTimeslices")],
    [
      "slices of 5 minutes",
      "/spec/objectives/0/timeSliceWindow",
      (slo) => (slo.spec.objectives[0].timeSliceWindow = "5m"),
    ],
    ["lenient slices", "/spec/objectives/0/timeSliceTarget", (slo) => (slo.spec.objectives[0].timeSliceTarget = 0.9)],
    ["a threshold", "/spec/objectives/0/op", (slo) => (slo.spec.objectives[0].op = "lte")],
    ["another indicator", "/spec/indicatorRef", (slo) => (slo.spec.indicatorRef = "latency")],
    [
      "a query",
      "/spec/indicator/spec/ratioMetric/good/metricSource/type",
      (slo) => (slo.spec.indicator.spec.ratioMetric.good.metricSource.type = "Prometheus"),
    ],
    ["alert policies", "/spec/alertPolicies", (slo) => (slo.spec.alertPolicies = ["page"])],
  ] as [string, string, (slo: Slo) => void][])("%s is not honoured, and refused at %s", (_what, pointer, change) => {
    const read = document(change);
    expect(read).toMatchObject({ ok: false, faults: [{ pointer }] });
    if (read.ok === false) expect(read.faults[0]?.detail).toMatch(/^is not supported: .+\. .+; found /);
  });

  test("what is left out is honoured", () => {
    expect(
      document(({ spec }) => {
        delete spec.timeWindow;
        delete spec.budgetingMethod;
        delete spec.indicator;
        spec.objectives = [{ target: 0.99 }];
      }),
    ).toMatchObject({ ok: true, objective: { target: 0.99 } });
  });

  test.each([null, 5, "SLO", []])("%j is refused", (value) => {
    expect(fromOpenSlo(value)).toMatchObject({ ok: false });
  });

  test("other kinds promise nothing and are passed over", () => {
    expect(fromOpenSlo({ apiVersion: "openslo/v1", kind: "Service" })).toEqual({ ok: "skipped", kind: "Service" });
  });
});

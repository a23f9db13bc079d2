import { describe, expect, test } from "vitest";
import { alertMetrics, formatThreshold, parseAlertRule } from "../alert-rule.ts";

const rule = (more: object) => ({ metric: "closing_delay", threshold: "90m", severity: "page", ...more });
function read(more: object) {
  const parsed = parseAlertRule(rule(more));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}
const faults = (more: object) => {
  const parsed = parseAlertRule(rule(more));
  return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer);
};

test("a rule that says little has its defaults", () => {
  expect(read({})).toEqual({
    metric: "closing_delay",
    scope: { tier: null, eventType: null, owner: null, datacenter: null, consumer: null, labels: {} },
    threshold: { unit: "seconds", value: 5_400 },
    fires: "above",
    forSeconds: 0,
    keepFiringForSeconds: 0,
    severity: "page",
    labels: {},
    summary: null,
    description: null,
    runbook: null,
    windowSeconds: 3_600,
    windows: [],
    horizonSeconds: 7 * 86_400,
    enabled: true,
  });
});

test("a scope names one or several of each", () => {
  const scope = { tier: "high", eventType: ["A", "B"], consumer: "charts", labels: { team: "x" } };
  expect(read({ scope }).scope).toEqual({
    tier: ["high"],
    eventType: ["A", "B"],
    owner: null,
    datacenter: null,
    consumer: ["charts"],
    labels: { team: ["x"] },
  });
});

test("labels of its alerts are its own, not those that Tidemark sets", () => {
  expect(read({ labels: { team: "payments" } }).labels).toEqual({ team: "payments" });
  expect(faults({ labels: { severity: "page", team: "payments", owner: "ads" } })).toEqual([
    "/labels/severity",
    "/labels/owner",
  ]);
  expect(faults({ labels: { team: ["a", "b"] } })).toEqual(["/labels/team"]);
});

describe("a threshold is in its metric's unit", () => {
  test.each([
    ["closing_delay", "90m", "seconds", 5_400, "above"],
    ["closing_delay", 0.8, "deadlineShare", 0.8, "above"],
    ["closing_delay", "120%", "deadlineShare", 1.2, "above"],
    ["breach_probability", "50%", "share", 0.5, "above"],
    ["completeness", 0.999, "share", 0.999, "below"],
    ["lost", 100, "events", 100, "above"],
    ["lost", 1, "events", 1, "above"],
    ["lost", "0.1%", "share", 0.001, "above"],
    ["lost", 0.001, "share", 0.001, "above"],
    ["duplicate_ratio", "1%", "share", 0.01, "above"],
    ["skew_ratio", 0.02, "share", 0.02, "above"],
    ["watermark_lag", "30m", "seconds", 1_800, "above"],
    ["watermark_stalled", "30m", "seconds", 1_800, "above"],
    ["datacenter_silence", "15m", "seconds", 900, "above"],
    ["volume_ratio", 0.5, "ratio", 0.5, "below"],
    ["volume_ratio", 2, "ratio", 2, "above"],
    ["backlog_age", "4d", "seconds", 345_600, "above"],
    ["deployment_regression", 1.5, "ratio", 1.5, "above"],
    ["telemetry_blind", "5m", "seconds", 300, "above"],
  ])("%s %j", (metric, threshold, unit, value, fires) => {
    expect(read({ metric, threshold })).toMatchObject({ threshold: { unit, value }, fires });
  });

  test("and every metric but burn_rate needs one", () => {
    for (const metric of alertMetrics.filter((name) => name !== "burn_rate")) {
      expect([metric, faults({ metric, threshold: undefined })]).toEqual([metric, ["/threshold"]]);
    }
  });

  test.each([
    ["closing_delay", "soon"],
    ["closing_delay", 0],
    ["breach_probability", "90m"],
    ["breach_probability", 1.5],
    ["completeness", 0],
    ["lost", 1.5],
    ["lost", -3],
    ["volume_ratio", 1],
    ["deployment_regression", 0.5],
    ["watermark_lag", 30],
    ["burn_rate", 14],
  ])("%s %j is refused", (metric, threshold) => {
    expect(faults({ metric, threshold })).toContain("/threshold");
  });

  test("and is written as it was read", () => {
    expect(formatThreshold({ unit: "seconds", value: 5_400 })).toBe("90m");
    expect(formatThreshold({ unit: "share", value: 0.07 })).toBe("7%");
    expect(formatThreshold({ unit: "events", value: 12 })).toBe("12");
  });
});

describe("a burn rate", () => {
  const windows = [{ long: "1h", short: "5m", factor: 14.4 }];
  const burn = (more: object) => ({ metric: "burn_rate", threshold: undefined, windows, ...more });
  test("has windows in place of a threshold", () => {
    expect(read(burn({}))).toMatchObject({
      threshold: null,
      windows: [{ longSeconds: 3_600, shortSeconds: 300, factor: 14.4 }],
    });
    expect(faults(burn({ windows: undefined }))).toEqual(["/windows"]);
    expect(faults(burn({ windows: [] }))).toEqual(["/windows"]);
    expect(faults(burn({ windows: [{ long: "5m", short: "1h", factor: 1 }] }))).toEqual(["/windows/0"]);
    expect(faults({ windows })).toEqual(["/windows"]);
  });
});

test.each([
  [{ metric: "late" }, "/metric"],
  [{ severity: "fatal" }, "/severity"],
  [{ scope: { tier: [] } }, "/scope/tier"],
  [{ scope: { datacenter: ["a", "a"] } }, "/scope/datacenter"],
  [{ scope: { team: "x" } }, "/scope/team"],
  [{ for: "5" }, "/for"],
  [{ horizon: "0s" }, "/horizon"],
  [{ runbook: "javascript:alert(1)" }, "/runbook"],
  [{ enabled: "no" }, "/enabled"],
  [{ treshold: "90m" }, "/treshold"],
])("%j is refused at %s", (more, pointer) => {
  expect(faults(more)).toEqual([pointer]);
});

test("a window is whole hours up to a day, of metrics that sources count", () => {
  const counted = (window: unknown) => ({ metric: "dead_letters", threshold: 10, window });
  expect(read(counted("6h")).windowSeconds).toBe(21_600);
  for (const window of ["90m", "25h", "0h", 3_600, "x"]) expect(faults(counted(window))).toEqual(["/window"]);
  expect(faults({ window: "1h" })).toEqual(["/window"]);
});

import { describe, expect, it } from "vitest";
import { defaultRules } from "../alert/default-rules.ts";
import { type AlertFacts, type HourNow, type TypeFacts, unknownLane } from "../alert/facts.ts";
import type { BesideFacts } from "../alert/looks.ts";
import { type AlertMetric, alertMetrics } from "../alert/metrics.ts";
import { parseAlertRule } from "../alert/parse-alert-rule.ts";
import { evaluatedBy } from "../alert/rule-standing.ts";
import { addHours, hourEnd, parseHour } from "../hour.ts";
import { sayStanding, standingState } from "./say-standing.ts";

const now = new Date("2026-11-22T14:20:00Z");
const early = new Date("2026-11-01T00:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

function hour(name: string, more: Partial<HourNow> = {}): HourNow {
  const start = parseHour(`2026-11-22T${name}`) as Date;
  const deadlineAt = addHours(hourEnd(start), 2);
  const counts = { produced: 3000, delivered: 3000, lost: 0, duplicated: 0, skewed: 0, known: true };
  const closing = { hour: start, state: "closing" as const, deadlineAt, closedAt: null, settledAt: null };
  return { ...closing, ...counts, forecast: null, lanes: [], ...more };
}

/** Closed five minutes after its end, and final. */
function final(name: string, more: Partial<HourNow> = {}): HourNow {
  const closedAt = new Date(hourEnd(parseHour(`2026-11-22T${name}`) as Date).getTime() + 300_000);
  return hour(name, { state: "complete", closedAt, settledAt: new Date(closedAt.getTime() + 900_000), ...more });
}

const healthyLane = {
  ...unknownLane,
  watermark: minutesAgo(6),
  movedAt: minutesAgo(0),
  usualDelay: { p50Seconds: 300, p90Seconds: 480 },
  backlogs: [{ stage: "delivered" as const, oldestAgeSeconds: 5, messages: 3, retentionSeconds: 60 }],
  counted: [],
};

const type = (more: Partial<TypeFacts> = {}): TypeFacts => ({
  eventType: "EndSong",
  tier: "high",
  owner: "royalties",
  labels: {},
  consumers: [],
  deadlineSeconds: 7200,
  watchedFrom: early,
  maxLost: 0.0001,
  maxDuplicated: 0.0001,
  objectives: { timeliness: 0.99, completeness: 0.999 },
  lanes: ["ash", "sjc"].map((datacenter) => ({ ...healthyLane, datacenter })),
  hours: [final("12"), hour("13", { forecast: { breachProbability: 0.01, closesAt: now } })],
  withHistory: true,
  volumes: null,
  ...more,
});

const seen = { lastSeenAt: minutesAgo(0), watchedFrom: early };
const deployed = { id: "1", datacenter: "ash", component: "exporter", version: "7", deployedAt: minutesAgo(30) };

const facts = (more: Partial<AlertFacts> = {}): AlertFacts => ({
  now,
  lastIngestAt: now,
  datacenters: ["ash", "sjc"].map((name) => ({ name, ...seen })),
  deployments: [deployed, { ...deployed, id: "2", datacenter: "sjc" }],
  types: [type()],
  ...more,
});

const beside: BesideFacts = {
  expectReporters: new Set(["EndSong"]),
  volumeDays: new Map([["EndSong", 30]]),
  acceptedHours: new Map(),
};

const written: Partial<Record<AlertMetric, object>> = {
  closing_delay: { threshold: "1h" },
  lost: { threshold: "0.1%" },
  reporters_missing: { threshold: 1 },
  volume_ratio: { threshold: 0.5 },
  deployment_regression: { threshold: 2 },
  burn_rate: { windows: [{ long: "6h", short: "1h", factor: 6 }] },
  watermark_lag: { threshold: "1h" },
  watermark_stalled: { threshold: "1h" },
  datacenter_silence: { threshold: "15m" },
  backlog_age: { threshold: "1h" },
  dead_letters: { threshold: 100 },
  expired_deadlines: { threshold: 100 },
  late_messages: { threshold: 100 },
  telemetry_blind: { threshold: "15m" },
};

function ruleOf(metric: AlertMetric, more: object = {}) {
  const parsed = parseAlertRule({
    metric,
    severity: "page",
    threshold: "50%",
    ...written[metric],
    ...more,
    ...(metric === "burn_rate" && { threshold: undefined }),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return { name: "rule", spec: parsed.spec, isDefault: false };
}

interface Asked {
  metric: AlertMetric;
  more?: object;
  at?: AlertFacts;
  extra?: Partial<BesideFacts>;
}

function standing({ metric, more, at = facts(), extra }: Asked) {
  const rule = ruleOf(metric, more);
  const evaluated = evaluatedBy(rule, at, { ...beside, ...extra });
  const sentence = sayStanding({ rule, evaluated, active: 0, muted: null, now });
  return { state: standingState(rule, evaluated), sentence };
}

const whole: [AlertMetric, string][] = [
  ["closing_delay", "1 unclosed hour of 1 event type"],
  ["breach_probability", "1 unclosed hour of 1 event type"],
  ["completeness", "1 hour of 1 event type"],
  ["lost", "1 hour of 1 event type"],
  ["duplicate_ratio", "1 hour of 1 event type"],
  ["skew_ratio", "1 hour of 1 event type"],
  ["reporters_missing", "2 hours of 1 event type"],
  ["watermark_lag", "2 lanes of 1 event type"],
  ["watermark_stalled", "2 lanes of 1 event type"],
  ["datacenter_silence", "2 datacenters"],
  ["volume_ratio", "the volume of 1 event type"],
  ["backlog_age", "2 lanes of 1 event type"],
  ["backlog_retention", "2 lanes of 1 event type"],
  ["dead_letters", "2 lanes of 1 event type"],
  ["expired_deadlines", "2 lanes of 1 event type"],
  ["late_messages", "2 lanes of 1 event type"],
  ["burn_rate", "1 hour of 1 event type"],
  ["deployment_regression", "2 datacenters"],
  ["telemetry_blind", "Tidemark's own ingest"],
];

describe("a rule that evaluates all of its scope says what", () => {
  it.each(whole)("%s", (metric, what) => {
    expect(standing({ metric })).toEqual({ state: "whole", sentence: `Evaluates ${what}; no alert is active.` });
  });

  it("for every metric there is", () => {
    expect(whole.map(([metric]) => metric)).toEqual(alertMetrics);
  });
});

const ofTypes = alertMetrics.filter(
  (metric) => !["datacenter_silence", "deployment_regression", "telemetry_blind"].includes(metric),
);

describe("a rule that evaluates nothing says why", () => {
  it.each(ofTypes)("%s: no type matches its scope", (metric) => {
    expect(standing({ metric, more: { scope: { tier: "low", owner: ["ads", "x"] } } })).toEqual({
      state: "blind",
      sentence: "Evaluates nothing now: no type matches tier:low owner:ads,x.",
    });
  });

  it.each(ofTypes)("%s: no datacenter matches its scope", (metric) => {
    const { sentence } = standing({ metric, more: { scope: { datacenter: "lon" } } });
    expect(sentence).toBe("Evaluates nothing now: no expected datacenter matches datacenter:lon.");
  });

  it.each(alertMetrics.filter((metric) => metric !== "volume_ratio"))("%s: nothing was ever received", (metric) => {
    expect(standing({ metric, at: facts({ lastIngestAt: null }) })).toEqual({
      state: "blind",
      sentence: "Evaluates nothing now: nothing has been received yet.",
    });
  });

  const claimedNow = facts({
    types: [type({ watchedFrom: minutesAgo(10), hours: [final("11"), final("12"), hour("12"), hour("13")] })],
  });
  it.each([
    ["closing_delay", 2],
    ["breach_probability", 2],
    ["completeness", 2],
    ["lost", 2],
    ["duplicate_ratio", 2],
    ["skew_ratio", 2],
    ["reporters_missing", 4],
    ["burn_rate", 2],
  ] as const)("%s: its hours ended before the claim", (metric, hours) => {
    expect(standing({ metric, at: claimedNow })).toEqual({
      state: "blind",
      sentence: `Evaluates nothing now: ${hours} hours ended before the claim and are not evaluated.`,
    });
  });

  const unknown = facts({ types: [type({ hours: [final("12", { known: false })] })] });
  it.each(["completeness", "lost", "duplicate_ratio"] as const)("%s: the counts are unknown", (metric) => {
    expect(standing({ metric, at: unknown }).sentence).toBe(
      "Evaluates nothing now: 1 hour has unknown produced counts.",
    );
  });

  const old = facts({ types: [type({ hours: [final("01")] })] });
  it.each(["completeness", "lost", "duplicate_ratio", "skew_ratio", "reporters_missing", "burn_rate"] as const)(
    "%s: no hour became final recently",
    (metric) => {
      expect(standing({ metric, at: old }).sentence).toBe(
        "Evaluates nothing now: no hour of EndSong became final in the last 6 h.",
      );
    },
  );

  it("says that hours are beyond the horizon", () => {
    expect(standing({ metric: "closing_delay", more: { horizon: "10m" } }).sentence).toBe(
      "Evaluates nothing now: 1 hour ended before the rule's horizon and is not evaluated.",
    );
  });

  it("no hour has ended since the claim", () => {
    expect(standing({ metric: "closing_delay", at: facts({ types: [type({ hours: [] })] }) }).sentence).toBe(
      "Evaluates nothing now: no hour of EndSong has ended since the claim.",
    );
  });

  it("says that there is no forecast", () => {
    const at = facts({ types: [type({ hours: [hour("13")] })] });
    expect(standing({ metric: "breach_probability", at }).sentence).toBe(
      "Evaluates nothing now: 1 hour has no forecast yet.",
    );
  });

  it("no reporters are expected", () => {
    expect(standing({ metric: "reporters_missing", extra: { expectReporters: new Set() } }).sentence).toBe(
      "Evaluates nothing now: EndSong does not set expectReporters.",
    );
  });

  it("no objective leaves a budget", () => {
    const types = [type({ objectives: { timeliness: null, completeness: 1 } })];
    expect(standing({ metric: "burn_rate", at: facts({ types }) }).sentence).toBe(
      "Evaluates nothing now: EndSong has no objective below 100 %.",
    );
  });

  const silentLanes = ["ash", "sjc"].map((datacenter) => ({ ...unknownLane, datacenter }));
  it.each(["watermark_lag", "watermark_stalled"] as const)("%s: no watermark", (metric) => {
    expect(standing({ metric, at: facts({ types: [type({ lanes: silentLanes })] }) }).sentence).toBe(
      "Evaluates nothing now: 2 lanes have never reported a watermark.",
    );
  });

  it("says that no backlog is reported", () => {
    expect(standing({ metric: "backlog_age", at: facts({ types: [type({ lanes: silentLanes })] }) }).sentence).toBe(
      "Evaluates nothing now: 2 lanes reported no backlog in the last 15 min.",
    );
  });

  it("says that volumes have no baseline yet, with the days of history", () => {
    expect(standing({ metric: "volume_ratio", extra: { volumeDays: new Map([["EndSong", 3]]) } }).sentence).toBe(
      "Evaluates nothing now: volumes of EndSong have no baseline yet (3 of 7 days).",
    );
  });

  it("says that no other datacenter can be compared with", () => {
    const datacenters = [
      { name: "ash", ...seen },
      { name: "sjc", ...seen, lastSeenAt: null },
    ];
    expect(standing({ metric: "datacenter_silence", at: facts({ datacenters }) })).toEqual({
      state: "partly",
      sentence:
        "Evaluates 1 datacenter; no alert is active. No other datacenter has reported anything to compare 1 datacenter with.",
    });
  });

  it("no datacenter is claimed, and none is deployed to", () => {
    expect(standing({ metric: "datacenter_silence", at: facts({ datacenters: [] }) }).sentence).toBe(
      "Evaluates nothing now: no datacenter is claimed.",
    );
    expect(standing({ metric: "deployment_regression", at: facts({ deployments: [] }) }).sentence).toBe(
      "Evaluates nothing now: 2 datacenters had no deployment in the last 3 h.",
    );
  });

  it("says that no usual delay is known", () => {
    expect(
      standing({ metric: "deployment_regression", at: facts({ types: [type({ lanes: silentLanes })] }) }).sentence,
    ).toBe("Evaluates nothing now: the usual delay of 2 datacenters is not known yet.");
  });

  it("says that the rule is disabled", () => {
    expect(standing({ metric: "lost", more: { enabled: false } })).toEqual({
      state: "off",
      sentence: "Disabled: nothing is evaluated.",
    });
  });
});

describe("what is evaluated and what is not stand beside each other", () => {
  it("evaluates one of two types and names the one before its claim", () => {
    const at = facts({ types: [type(), type({ eventType: "AdClick", watchedFrom: now, hours: [final("12")] })] });
    expect(standing({ metric: "lost", at })).toEqual({
      state: "partly",
      sentence:
        "Evaluates 1 hour of 2 event types; no alert is active. 1 hour ended before the claim and is not evaluated.",
    });
  });

  it("every ended hour closed is no reason for worry", () => {
    expect(standing({ metric: "closing_delay", at: facts({ types: [type({ hours: [final("13")] })] }) })).toEqual({
      state: "whole",
      sentence: "Evaluates the ended hours of 1 event type, all closed; no alert is active.",
    });
  });

  it("accepted hours are counted", () => {
    const { sentence } = standing({ metric: "lost", extra: { acceptedHours: new Map([["EndSong", 2]]) } });
    expect(sentence).toBe(
      "Evaluates 1 hour of 1 event type; no alert is active. 2 hours were accepted and are not evaluated.",
    );
  });

  it("a silence is named with its end", () => {
    const rule = ruleOf("lost");
    const evaluated = evaluatedBy(rule, facts(), beside);
    const muted = { reason: "silenced" as const, until: new Date("2026-11-22T16:00:00Z") };
    expect(sayStanding({ rule, evaluated, active: 1, muted, now })).toBe(
      "Evaluates 1 hour of 1 event type; 1 alert is active. Silenced until 16:00 UTC.",
    );
  });

  it("every default rule has a sentence without a gap", () => {
    for (const rule of defaultRules) {
      const evaluated = evaluatedBy(rule, facts(), beside);
      const sentence = sayStanding({ rule, evaluated, active: 0, muted: null, now });
      expect(sentence).toMatch(/^Evaluates /);
      expect(sentence).not.toMatch(/undefined|null|NaN/);
    }
  });
});

import { expect, test } from "vitest";
import type { SloItemJson, SloShareJson } from "../api/slo.ts";
import { reportSentence } from "./report-sentence.ts";

const share = (counted: number, bad: number): SloShareJson => ({
  counted,
  good: counted - bad,
  bad,
  attainment: counted > 0 ? (counted - bad) / counted : null,
  budget: null,
});

function item(
  scope: SloItemJson["scope"],
  name: string,
  more: {
    due?: number;
    late?: number;
    lost?: number;
    objective?: number | null;
    status?: SloItemJson["timeliness"]["status"];
    change?: number | null;
    parts?: SloItemJson["timeliness"]["parts"];
    excused?: number;
  } = {},
): SloItemJson {
  const {
    due = 1000,
    late = 0,
    lost = 0,
    objective = 0.995,
    status = "met",
    change = null,
    parts = [],
    excused = 0,
  } = more;
  const measure = { objective, status, basis: "hours" as const, unverifiedHours: 0, change, parts };
  const others = { ...measure, status: status === "no_objective" ? status : ("met" as const), change: null, parts: [] };
  return {
    scope,
    name,
    tier: null,
    owner: null,
    types: 3,
    pastRecords: 0,
    hours: { promised: due + excused, due, excused, undecided: 0 },
    timeliness: { ...measure, hours: share(due, late), events: share(due * 10, late * 10) },
    completeness: { ...others, hours: share(due, lost > 0 ? 1 : 0), events: share(due * 10, lost) },
    skew: { ...others, hours: share(due, 0), events: share(due * 10, 0) },
    frozenAt: null,
    restated: false,
    asFrozen: null,
  };
}

const october = { kind: "month" as const, name: "2026-10", from: "2026-10-01", to: "2026-11-01", frozen: false };
const causes = (...names: [string, number][]) => ({
  datacenters: names.map(([name, lateHours]) => ({ name, lateHours, lostEvents: 0 })),
  rows: [],
});

const part = (tier: string, objective: number) => ({
  tier,
  objective,
  status: "met" as const,
  attainment: 1,
  counted: 10,
  bad: 0,
  budget: null,
});
const parts = [part("high", 0.995), part("low", 0.97)];

test("the tier that is promised most, against its objective, and who held it up", () => {
  expect(
    reportSentence({
      period: october,
      total: item("all", "all types", { late: 8, objective: null, status: "missed", parts }),
      tiers: [
        item("tier", "low", { objective: 0.97 }),
        item("tier", "high", { late: 8, status: "missed", change: -0.4 }),
      ],
      causes: causes(["sjc", 6], ["lon", 2]),
    }),
  ).toBe(
    "October 2026: 99.2 % of high-tier hours on time, objective 99.5 %: missed, −0.4 points from September 2026. Of all tiers, 6 of 8 late hours were held up by sjc.",
  );
});

test("stays with that tier, and names another that missed its own objective", () => {
  const sentence = reportSentence({
    period: october,
    total: item("all", "all types", { late: 50, objective: null, status: "missed", parts }),
    tiers: [item("tier", "low", { late: 50, objective: 0.97, status: "missed" }), item("tier", "high")],
    causes: causes(),
  });
  expect(sentence).toBe(
    "October 2026: 100 % of high-tier hours on time, objective 99.5 %: met. Low tier: 95 % on time, objective 97 %: missed.",
  );
});

test("a month that excuses take whole says so", () => {
  expect(
    reportSentence({
      period: october,
      total: item("all", "all types", { due: 0, excused: 744, status: "excused" }),
      tiers: [item("tier", "high", { due: 0, excused: 744, status: "excused" })],
      causes: causes(),
    }),
  ).toBe("October 2026, high tier: all hours excused.");
});

test("a month in which all is well says so", () => {
  expect(
    reportSentence({
      period: october,
      total: item("all", "all types"),
      tiers: [item("tier", "high")],
      causes: causes(),
    }),
  ).toBe("October 2026: 100 % of high-tier hours on time, objective 99.5 %: met. No late or incomplete hours.");
});

test("describes the filtered types; counts losses", () => {
  const total = item("eventType", "EndSong", { late: 1, lost: 12, objective: null, status: "no_objective" });
  expect(reportSentence({ period: october, total, tiers: [], causes: causes(["west", 1]) })).toBe(
    "October 2026: 99.9 % of EndSong’s hours on time, no objective. The only late hour was held up by west. 12 of 10,000 events were lost.",
  );
});

test("before anything is due nothing is claimed", () => {
  const total = item("all", "all types", { due: 0, status: "no_data" });
  expect(reportSentence({ period: october, total, tiers: [], causes: causes() })).toBe(
    "October 2026: no data, none of the hours was due.",
  );
});

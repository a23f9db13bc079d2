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
  } = {},
): SloItemJson {
  const { due = 1000, late = 0, lost = 0, objective = 0.995, status = "kept" } = more;
  const measure = { objective, status, basis: "hours" as const, unverifiedHours: 0 };
  return {
    scope,
    name,
    tier: null,
    owner: null,
    types: 3,
    hours: { promised: due, due, excused: 0, undecided: 0 },
    timeliness: { ...measure, hours: share(due, late), events: share(due * 10, late * 10) },
    completeness: { ...measure, hours: share(due, lost > 0 ? 1 : 0), events: share(due * 10, lost) },
    skew: { ...measure, hours: share(due, 0), events: share(due * 10, 0) },
    frozenAt: null,
    restated: false,
    asFrozen: null,
  };
}

const october = { kind: "month" as const, name: "2026-10", from: "2026-10-01", to: "2026-11-01", frozen: false };
const causes = (...names: [string, number][]) => ({
  datacenters: names.map(([name, lateHours]) => ({ name, lateHours, lostEvents: 0 })),
  stages: [],
  deployments: [],
});

test("the tier that is worst off, against its objective, and who held it up", () => {
  const tiers = [item("tier", "high", { late: 8, status: "missed" }), item("tier", "low")];
  expect(
    reportSentence({
      period: october,
      total: item("all", "all types", { late: 8 }),
      tiers,
      causes: causes(["sjc", 6], ["lon", 2]),
    }),
  ).toBe(
    "October 2026: 99.2 % of high-tier hours on time, objective 99.5 %: missed. 6 of 8 late hours were held up by sjc.",
  );
});

test("a month in which all is well says so", () => {
  expect(
    reportSentence({
      period: october,
      total: item("all", "all types"),
      tiers: [item("tier", "high")],
      causes: causes(),
    }),
  ).toBe("October 2026: 100 % of high-tier hours on time, objective 99.5 %. No late or incomplete hours.");
});

test("describes the filtered types; counts losses", () => {
  const total = item("eventType", "EndSong", { late: 1, lost: 12, objective: null, status: "no_objective" });
  expect(reportSentence({ period: october, total, tiers: [], causes: causes(["west", 1]) })).toBe(
    "October 2026: 99.9 % of EndSong’s hours on time, with no objective set. The only late hour was held up by west. 12 of 10,000 events were lost.",
  );
});

test("before anything is due nothing is claimed", () => {
  expect(
    reportSentence({ period: october, total: item("all", "all types", { due: 0 }), tiers: [], causes: causes() }),
  ).toBe("October 2026: no hours due yet.");
});

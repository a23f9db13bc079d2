import { describe, expect, test } from "vitest";
import type { SloItemJson, SloShareJson } from "../../api/slo.ts";
import { sloDigestSchema } from "../../api/slo-digest.ts";
import type { SloReport } from "../../api/slo-report.ts";
import { digestHtml, digestText, writeDigest } from "../digest.ts";

const publicUrl = "https://tidemark.example.com";

const share = (counted: number, bad: number, objective: number | null): SloShareJson => ({
  counted,
  good: counted - bad,
  bad,
  attainment: counted > 0 ? (counted - bad) / counted : null,
  budget:
    objective === null
      ? null
      : {
          allowed: (1 - objective) * counted,
          allowedSoFar: (1 - objective) * counted,
          spent: bad,
          remaining: 1 - bad / ((1 - objective) * counted),
        },
});

interface ItemTerms {
  due?: number;
  late?: number;
  incomplete?: number;
  objective?: number | null;
  status?: SloItemJson["timeliness"]["status"];
  more?: Partial<SloItemJson>;
}

function item(scope: SloItemJson["scope"], name: string, terms: ItemTerms = {}): SloItemJson {
  const { due = 1000, late = 0, incomplete = 0, objective = 0.99, status = "met", more = {} } = terms;
  const measure = { objective, basis: "hours" as const, unverifiedHours: 0, change: null, parts: [] };
  const kept = objective === null ? ("no_objective" as const) : ("met" as const);
  const good = share(due * 10, 0, objective);
  return {
    scope,
    name,
    tier: "high",
    owner: "payments",
    types: 2,
    pastRecords: 0,
    hours: { promised: due, due, excused: 0, undecided: 0 },
    timeliness: { ...measure, status, hours: share(due, late, objective), events: good },
    completeness: { ...measure, status: kept, hours: share(due, incomplete, objective), events: good },
    skew: { ...measure, status: kept, basis: "events", hours: share(due, 0, objective), events: good },
    frozenAt: "2026-11-03T00:00:05.000Z",
    restated: false,
    asFrozen: null,
    ...more,
  };
}

const period = (name: string, to: string) => ({ kind: "month" as const, name, from: `${name}-01`, to, frozen: true });

function report(changes: Partial<SloReport> = {}): SloReport {
  const total = item("all", "all types", { late: 8 });
  const tiers = [item("tier", "high", { late: 8 })];
  return {
    period: period("2026-10", "2026-11-01"),
    asOf: "2026-11-03T00:00:10.000Z",
    freezesAt: null,
    pendingDays: 0,
    filter: {},
    total,
    tiers,
    owners: [item("owner", "payments", { late: 2 }), item("owner", "playback", { late: 6 })],
    weeks: [],
    health: [],
    days: [],
    budgetOf: null,
    types: [],
    months: [
      {
        period: period("2026-09", "2026-10-01"),
        restatements: 0,
        total: item("all", "all types", { late: 4 }),
        tiers: [item("tier", "high", { late: 4 })],
      },
      { period: period("2026-10", "2026-11-01"), restatements: 0, total, tiers },
    ],
    worst: [],
    causes: { datacenters: [], rows: [] },
    incidents: {
      count: 0,
      items: [],
      medians: { detectSeconds: null, acknowledgeSeconds: null, resolveSeconds: null, leadSeconds: null },
    },
    restatements: [],
    moreRestatements: false,
    excuses: [],
    choices: { tiers: [], owners: [] },
    ...changes,
  };
}

const subjectOf = (changes: Partial<SloReport>) => writeDigest(report(changes), null).subject;
const low = (terms: ItemTerms) => item("tier", "low", terms);

function nothing(status: "no_data" | "excused"): SloItemJson {
  const tier = item("tier", "high", { due: 0, status });
  const none = { ...tier.completeness, status };
  return { ...tier, completeness: none, skew: { ...none, basis: "events" } };
}

describe("the subject", () => {
  test("says what was attained and whether it was promised", () => {
    expect(subjectOf({})).toBe("Tidemark, October 2026: 99.2 % of high-tier hours on time, objective met");
  });
  const part = (name: string) => ({
    ...item("all", "x").timeliness,
    tier: name,
    attainment: 1,
    counted: 1,
    bad: 0,
    budget: null,
  });
  const parts = [part("high"), { ...part("low"), objective: 0.97 }];
  const all = item("all", "x", { late: 8, objective: null });
  const several = { ...all, timeliness: { ...all.timeliness, parts } };
  const high = (terms: ItemTerms = {}) => item("tier", "high", { late: 8, ...terms });
  test.each([
    [
      "the only tier missed it",
      { tiers: [high({ late: 30, status: "missed" })] },
      "97 % of high-tier hours on time, objective missed",
    ],
    [
      "another tier missed its own",
      { total: several, tiers: [high(), low({ objective: 0.97, status: "missed" })] },
      "99.2 % of high-tier hours on time, objective missed for the low tier",
    ],
    [
      "two did",
      { total: several, tiers: [high({ status: "missed" }), low({ objective: 0.97, status: "missed" })] },
      "99.2 % of high-tier hours on time, objective missed for the tiers high and low",
    ],
    [
      "unverified hours",
      { tiers: [high({ status: "unknown" })] },
      "99.2 % of high-tier hours on time, objective status unknown",
    ],
    [
      "the month is running",
      { tiers: [high({ status: "in_progress" })] },
      "99.2 % of high-tier hours on time, objective in progress",
    ],
    [
      "no objective",
      { tiers: [high({ objective: null, status: "no_objective" })] },
      "99.2 % of high-tier hours on time, no objective set",
    ],
    ["nothing counts", { tiers: [nothing("no_data")] }, "no hours counted"],
    ["everything is excused", { tiers: [nothing("excused")] }, "high-tier hours: all excused"],
  ] as [string, Partial<SloReport>, string][])("%s", (_, changes, said) => {
    expect(subjectOf(changes)).toBe(`Tidemark, October 2026: ${said}`);
  });
  test("hours on time that are not complete do not meet the objectives", () => {
    const tier = high();
    const completeness = { ...tier.completeness, status: "missed" as const };
    expect(subjectOf({ tiers: [{ ...tier, completeness }] })).toContain("completeness objective missed");
  });
  test("the subject names the filter and says that it was requested", () => {
    const digest = writeDigest(report({ filter: { tier: "high", owner: "payments" } }), "ann");
    expect(digest.subject).toBe(
      "Tidemark, October 2026, high tier, payments: 99.2 % of high-tier hours on time, objective met (requested)",
    );
  });
});

const changed = (one: SloItemJson): SloItemJson => ({
  ...one,
  timeliness: { ...one.timeliness, change: -0.4 },
  completeness: { ...one.completeness, change: 0 },
  skew: { ...one.skew, change: 0 },
});
const compared = (): Partial<SloReport> => {
  const { total, tiers } = report();
  return { total: changed(total), tiers: tiers.map(changed) };
};

describe("the words", () => {
  test("compare with the month before", () => {
    const digest = writeDigest(report(compared()), null);
    expect(digest.previous).toBe("September 2026");
    expect(digest.promises.map(({ title, attained, before }) => [title, attained, before])).toEqual([
      ["On time", "99.2 %", "−0.4 points"],
      ["Complete", "100 %", "no change"],
      ["In their hour", "100 %", "no change"],
    ]);
    expect(digest.promises[0]).toMatchObject({
      bad: "8 of 1,000 hours late",
      budget: "20 % of the error budget left (8 of 10 spent)",
    });
    expect(digest.tiers[0]?.before).toBe("−0.4 points");
  });

  test("compare with nothing where the month before has no hour", () => {
    const [, october] = report().months;
    const digest = writeDigest(report({ months: october ? [october] : [] }), null);
    expect(digest.previous).toBeNull();
    expect(digest.promises.map(({ before }) => before)).toEqual([null, null, null]);
  });

  test("owners with the most late hours come first, and 20 are enough", () => {
    const owners = Array.from({ length: 23 }, (_, index) => item("owner", `team-${index}`, { late: index }));
    const digest = writeDigest(report({ owners }), null);
    expect(digest.owners[0]?.name).toBe("team-22");
    expect([digest.owners.length, digest.moreOwners]).toEqual([20, 3]);
  });

  test.each([
    [{}, "All 2 event types. Frozen on 3 Nov 2026."],
    [
      { total: item("all", "x", { more: { restated: true } }) },
      "All 2 event types. Frozen on 3 Nov 2026, and restated since.",
    ],
    [
      {
        total: item("all", "x", { more: { frozenAt: null } }),
        freezesAt: "2026-11-04T00:00:00.000Z",
        filter: { tier: "low" },
      },
      "2 event types of tier low. Not frozen yet: its figures may change until 4 Nov 2026.",
    ],
    [
      {
        total: item("all", "x", { more: { frozenAt: null } }),
        asOf: "2026-10-20T00:00:00.000Z",
        freezesAt: "2026-11-03T00:00:00.000Z",
      },
      "All 2 event types. The month has not ended: its figures may change until 3 Nov 2026.",
    ],
  ] as [Partial<SloReport>, string][])("say how final they are: %#", (changes, said) => {
    expect(writeDigest(report(changes), null).standing).toBe(said);
  });

  test("an excuse that was revoked, or is not approved, excuses nothing", () => {
    const excuse = {
      id: "a",
      scope: "tier high",
      eventTypes: ["EndSong"],
      from: "2026-10-05T00",
      to: "2026-10-05T03",
      reason: "announced move",
      createdAt: "2026-10-06T00:00:00Z",
      createdBy: "ann",
      state: "active" as const,
      approvedAt: "2026-10-06T00:00:00Z",
      approvedBy: "ann",
      etag: "a",
      revokedAt: null,
      revokedBy: null,
      revokeReason: null,
    };
    const excuses = [
      excuse,
      { ...excuse, id: "c", state: "pending" as const },
      { ...excuse, id: "b", state: "revoked" as const, revokedAt: "2026-10-07T00:00:00Z", revokedBy: "bob" },
    ];
    expect(writeDigest(report({ excuses }), null).excuses).toEqual([
      "tier high, 2026-10-05T00 to 2026-10-05T03 UTC: announced move (ann)",
    ]);
  });
});

/** What anybody who may report, claim or excuse can write. */
const hostile = `<script>alert("x")</script>&'<img src=https://evil.example/p.gif onerror=x>`;

function hostileReport(): SloReport {
  return report({
    filter: { owner: hostile },
    total: item("owner", hostile, { late: 8 }),
    tiers: [item("tier", hostile)],
    owners: [item("owner", hostile)],
    worst: [
      {
        item: item("eventType", hostile, { late: 3, incomplete: 1, more: { owner: hostile, tier: hostile } }),
        causes: [
          { measure: "completeness", datacenter: hostile, stage: null, deployment: hostile, hours: 1, events: 4 },
        ],
      },
    ],
    causes: {
      datacenters: [{ name: hostile, lateHours: 3, lostEvents: 0 }],
      rows: [{ kind: "cause", datacenter: hostile, deployment: null, stage: null, lateHours: 3, lostEvents: 0 }],
    },
    incidents: {
      count: 7,
      items: [
        {
          id: '7"><b>',
          title: hostile,
          openedAt: "2026-10-05T03:40:00Z",
          acknowledgedBy: hostile,
          hours: 2,
          lateHours: 1,
          detectSeconds: 1_800,
          acknowledgeSeconds: null,
          resolveSeconds: 10_800,
          leadSeconds: 1_200,
        },
      ],
      medians: { detectSeconds: 1_800, acknowledgeSeconds: null, resolveSeconds: 10_800, leadSeconds: 1_200 },
    },
    excuses: [
      {
        id: "a",
        scope: hostile,
        eventTypes: [],
        from: "2026-10-05T00",
        to: "2026-10-05T03",
        reason: `${hostile}\n\nPROMISES\n\nall kept`,
        createdAt: "2026-10-06T00:00:00Z",
        createdBy: hostile,
        state: "active",
        approvedAt: "2026-10-06T00:00:00Z",
        approvedBy: hostile,
        etag: "a",
        revokedAt: null,
        revokedBy: null,
        revokeReason: null,
      },
    ],
  });
}

describe("the mail", () => {
  test("in HTML nothing that anybody named is a tag or an address, and nothing is fetched from anywhere", () => {
    const html = digestHtml(writeDigest(hostileReport(), hostile), publicUrl);
    expect(html).not.toMatch(/<(script|img|b)\b/i);
    expect(html.match(/<a [^>]*>/g)?.every((tag) => tag.includes(`href="${publicUrl}/`))).toBe(true);
    expect(html).not.toMatch(/\b(src|background|on\w+)="/);
    expect(html).not.toContain("url(");
    expect(html.split("&lt;script&gt;").length).toBeGreaterThan(10);
    expect(html).toContain(`${publicUrl}/service-levels?month=2026-10&amp;owner=%3Cscript%3E`);
  });

  test("its HTML sets no colour of text, so that dark mail programs may", () => {
    const html = digestHtml(writeDigest(hostileReport(), null), publicUrl);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).not.toMatch(/[;"]color:/);
    expect(html).not.toMatch(/background:(?!rgba)/);
  });

  test("in text names cannot add sections, and lines are short", () => {
    const text = digestText(writeDigest(hostileReport(), null), publicUrl);
    expect(text.match(/^OBJECTIVES/gm)).toHaveLength(1);
    const long = text.split("\n").filter((line) => line.length > 76 && !line.includes("http") && !line.includes("<"));
    expect(long).toEqual([]);
  });

  test("as text it reads so", () => {
    const digest = writeDigest(
      report({ ...compared(), incidents: { ...hostileReport().incidents, count: 1 }, worst: [] }),
      null,
    );
    const incidents = {
      ...digest.incidents,
      items: digest.incidents.items.map((each) => ({ ...each, id: "7", title: "west is behind" })),
    };
    expect(digestText({ ...digest, incidents }, publicUrl)).toBe(
      `Service levels, October 2026
All 2 event types. Frozen on 3 Nov 2026.

October 2026: 99.2 % of high-tier hours on time, objective 99 %: met, −0.4
points from September 2026.

Full report: https://tidemark.example.com/service-levels?month=2026-10

OBJECTIVES (COMPARED WITH SEPTEMBER 2026)
On time        99.2 %     objective 99 %: met; −0.4 points
               8 of 1,000 hours late; 20 % of the error budget left (8 of 10
               spent)
Complete       100 %      objective 99 %: met; no change
               0 of 1,000 hours not complete; 100 % of the error budget left
               (0 of 10 spent)
In their hour  100 %      objective 99 %: met; no change
               0 of 10,000 events in another hour’s partition; 100 % of the
               error budget left (0 of 100 spent)

TIERS
      on time  objective  status  complete  in their hour
high  99.2 %   99 %       met     100 %     100 %

OWNERS
          on time  objective  status  complete  in their hour
playback  99.4 %   99 %       met     100 %     100 %
payments  99.8 %   99 %       met     100 %     100 %

INCIDENTS
1 incident. Medians: noticed after 30 min, not acknowledged yet, resolved
after 3 h 00 min; noticed 20 min before the first deadline of an affected
hour.
  - west is behind (5 Oct): noticed after 30 min, not acknowledged yet,
    resolved after 3 h 00 min; lead 20 min; 1 of 2 hours late.
    https://tidemark.example.com/alerts/incidents/7

Tidemark sends the monthly digest once each month is frozen, because the
channel has monthlyDigest set.
`,
    );
  });

  test("a requested digest says so, and matches the API's schema", () => {
    const digest = writeDigest(hostileReport(), "ann");
    expect(digestText(digest, publicUrl)).toContain("ann requested the monthly digest");
    expect(sloDigestSchema.parse(digest)).toEqual(digest);
  });
});

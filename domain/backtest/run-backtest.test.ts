import { describe, expect, test } from "vitest";
import { parseAlertRule } from "../alert-rule.ts";
import type { History, PastHour, PastType } from "./history.ts";
import { runBacktest, type Tally } from "./run-backtest.ts";

// A day of one type with a deadline of 60 min and a settle of 15 min. Minutes are counted from midnight.
const midnight = Date.parse("2026-11-20T00:00:00Z");
const at = (minutes: number) => new Date(midnight + minutes * 60_000);
const until = at(48 * 60);

interface Told {
  /** The hour's place in the day. */
  hour: number;
  /** Minutes after its end; null: never. */
  closed: number | null;
  slowest?: string;
  lost?: number;
}

function past({ hour, closed, slowest = "ams", lost = 0 }: Told): PastHour {
  const end = (hour + 1) * 60;
  const closedAt = closed === null ? null : at(end + closed);
  const lane = (datacenter: string) => ({
    datacenter,
    closedAt: datacenter === slowest ? closedAt : at(end + 1),
    produced: 5_000,
    published: null,
    delivered: 5_000 - (datacenter === slowest ? lost : 0),
    lost: datacenter === slowest ? lost : 0,
    duplicated: 0,
    skewed: null,
    reportersExpected: null,
    reportersMissing: null,
  });
  return {
    hour: at(hour * 60),
    state: lost > 0 ? "incomplete" : "complete",
    deadlineAt: at(end + 60),
    closedAt,
    settledAt: closedAt && new Date(closedAt.getTime() + 15 * 60_000),
    produced: 10_000,
    delivered: 10_000 - lost,
    lost,
    duplicated: 0,
    skewed: 0,
    known: true,
    chances: [],
    lanes: [lane("ams"), lane("sjc")],
  };
}

function type(eventType: string, told: Told[]): PastType {
  return {
    eventType,
    tier: "high",
    owner: "o",
    labels: {},
    consumers: [],
    deadlineSeconds: 3_600,
    maxLost: 0.001,
    maxDuplicated: 0.001,
    objectives: { timeliness: 0.99, completeness: 0.999 },
    activeFrom: at(0),
    hours: told.map(past),
    hourCount: 24,
    firstHour: null,
  };
}

function history(...types: PastType[]): History {
  return { from: at(0), to: at(24 * 60), until, datacenters: ["ams", "sjc"], types, typesInScope: types.length };
}

function tallies(spec: object, lived: History): Tally[] {
  const parsed = parseAlertRule({ severity: "page", ...spec });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const work = runBacktest({ name: "x", spec: parsed.spec, isDefault: false }, lived);
  for (;;) {
    const step = work.next();
    if (!step.done) continue;
    if (step.value.notReplayable !== null) throw new Error(step.value.notReplayable);
    return [...step.value.tallies];
  }
}

function own(spec: object, lived: History): Tally {
  const found = tallies(spec, lived).find(({ candidate }) => candidate.isCurrent);
  if (!found) throw new Error("The rule's own threshold is not among those compared.");
  return found;
}

const minutesOf = (ms: number | null | undefined) => (ms == null ? null : (ms - midnight) / 60_000);
const times = ({ firings }: Tally) =>
  firings.map(({ firedAtMs, resolvedAtMs }) => [Math.round(minutesOf(firedAtMs) ?? 0), minutesOf(resolvedAtMs)]);

describe("closing_delay", () => {
  test("45 min: one breach caught 15 minutes before its deadline, one false alert, one hour that says nothing", () => {
    const lived = history(
      type("A", [
        { hour: 2, closed: 90 },
        { hour: 8, closed: 50 },
        { hour: 12, closed: 30 },
      ]),
    );
    const found = own({ metric: "closing_delay", threshold: "45m" }, lived);
    // Hour 2 ends at minute 180, hour 8 at 540.
    expect(times(found)).toEqual([
      [225, 270],
      [585, 590],
    ]);
    expect(found.firings.map(({ outcome }) => outcome)).toEqual(["caught", "false"]);
    expect(found.breaches).toEqual({ total: 1, caught: 1, caughtBeforeDeadline: 1, missed: 0 });
    expect([found.falseAlerts, found.falsePages, found.pages.length]).toEqual([1, 1, 2]);
    expect(found.leadsSeconds.map(Math.round)).toEqual([900]);
  });

  test("strictly beyond: an hour that closes at the threshold says nothing", () => {
    const lived = history(type("A", [{ hour: 2, closed: 60 }]));
    expect(own({ metric: "closing_delay", threshold: "60m" }, lived).firings).toEqual([]);
    expect(own({ metric: "closing_delay", threshold: "59m" }, lived).firings).toHaveLength(1);
  });

  test("above every delay it misses the breach", () => {
    const lived = history(type("A", [{ hour: 2, closed: 90 }]));
    expect(own({ metric: "closing_delay", threshold: "2h" }, lived).breaches).toMatchObject({ caught: 0, missed: 1 });
  });

  test("`for` delays it, and what holds for less does not fire; `keepFiringFor` joins what is near", () => {
    const lived = history(
      type("A", [
        { hour: 2, closed: 90 },
        { hour: 3, closed: 50 },
        { hour: 8, closed: 50 },
      ]),
    );
    const spec = { metric: "closing_delay", threshold: "45m" };
    expect(times(own(spec, lived))).toEqual([
      [225, 270],
      [285, 290],
      [585, 590],
    ]);
    expect(times(own({ ...spec, for: "10m" }, lived))).toEqual([[235, 270]]);
    expect(
      times(own({ ...spec, keepFiringFor: "20m" }, lived)).map(([from, to]) => [from, Math.round(to ?? 0)]),
    ).toEqual([
      [225, 310],
      [585, 610],
    ]);
  });

  test("an hour that no one ever closes fires to the end of what is known", () => {
    const found = own({ metric: "closing_delay", threshold: "45m" }, history(type("A", [{ hour: 2, closed: null }])));
    expect(times(found)).toEqual([[225, null]]);
    expect(found.breaches).toMatchObject({ total: 1, caught: 1 });
  });

  test("an hour whose deadline is still to come is undecided", () => {
    const lived = { ...history(type("A", [{ hour: 2, closed: null }])), until: at(230) };
    const found = own({ metric: "closing_delay", threshold: "45m" }, lived);
    expect(found).toMatchObject({
      undecidedAlerts: 1,
      undecidedPages: 1,
      falseAlerts: 0,
      falsePages: 0,
      breaches: { total: 0 },
    });
  });

  test("types that one datacenter holds up at once are one page; another datacenter's is another", () => {
    const lived = history(
      type("A", [{ hour: 2, closed: 90 }]),
      type("B", [{ hour: 2, closed: 80 }]),
      type("C", [{ hour: 2, closed: 85, slowest: "sjc" }]),
    );
    const found = own({ metric: "closing_delay", threshold: "45m" }, lived);
    expect(found.pages.map(({ causeKey, firings }) => [causeKey, firings.length])).toEqual([
      ["datacenter/ams/late", 2],
      ["datacenter/sjc/late", 1],
    ]);
  });

  test("scope: of a datacenter, what it holds up; of a type, that type", () => {
    const lived = history(type("A", [{ hour: 2, closed: 90 }]), type("B", [{ hour: 2, closed: 85, slowest: "sjc" }]));
    const spec = { metric: "closing_delay", threshold: "45m" };
    expect(own({ ...spec, scope: { datacenter: "sjc" } }, lived)).toMatchObject({ breaches: { total: 1, caught: 1 } });
    expect(own({ ...spec, scope: { eventType: "A" } }, lived).firings).toHaveLength(1);
  });
});

describe("counts", () => {
  const lived = history(
    type("A", [
      { hour: 2, closed: 5, lost: 100 },
      { hour: 9, closed: 5, lost: 3 },
    ]),
  );

  test("lost: reported once the counts are final, and no longer after six hours", () => {
    const found = own({ metric: "lost", threshold: "1%" }, lived);
    // 100 of ams's 5,000 are 2 %; final at minute 200, news until 560.
    expect(times(found)).toEqual([[200, 560]]);
    expect(found.firings[0]).toMatchObject({ datacenter: "ams", outcome: "caught" });
    expect(found.breaches).toEqual({ total: 1, caught: 1, caughtBeforeDeadline: 1, missed: 0 });
    expect(found.leadsSeconds).toEqual([40 * 60]);
  });

  test("a count of events is reached at the count", () => {
    expect(own({ metric: "lost", threshold: 3 }, lived).firings.map(({ outcome }) => outcome)).toEqual([
      "caught",
      "false",
    ]);
    expect(own({ metric: "lost", threshold: 101 }, lived).breaches).toMatchObject({ caught: 0, missed: 1 });
  });

  test("fires when completeness falls below its threshold", () => {
    expect(times(own({ metric: "completeness", threshold: "99.5%" }, lived))).toEqual([[200, 560]]);
    expect(own({ metric: "completeness", threshold: "98%" }, lived).firings).toEqual([]);
  });
});

test("breach_probability: what was said at each landmark, and certainty after the deadline", () => {
  const [hour] = type("A", [{ hour: 2, closed: 90 }]).hours as [PastHour];
  const chances = [
    { atMs: at(180).getTime(), probability: 0.1 },
    { atMs: at(210).getTime(), probability: 0.7 },
  ];
  const lived = history({ ...type("A", []), hours: [{ ...hour, chances }] });
  expect(times(own({ metric: "breach_probability", threshold: "50%" }, lived))).toEqual([[210, 270]]);
  expect(own({ metric: "breach_probability", threshold: "50%" }, lived).leadsSeconds).toEqual([1_800]);
  expect(times(own({ metric: "breach_probability", threshold: "80%" }, lived))).toEqual([[240, 270]]);
});

test("burn_rate: a late hour burns from its deadline on, for as long as its windows see it", () => {
  const told = Array.from({ length: 24 }, (_, hour) => ({ hour, closed: hour === 8 ? 90 : 5 }));
  const windows = [{ long: "2h", short: "30m", factor: 10 }];
  const found = own({ metric: "burn_rate", windows }, history(type("A", told)));
  // Hour 8 ends at 540, its deadline is 600; the short window holds an hour at the least.
  expect(times(found)).toEqual([[600, 660]]);
  expect(found.breaches).toMatchObject({ total: 1, caught: 1, caughtBeforeDeadline: 0, missed: 0 });
});

test("what comes for each threshold is the sum over what comes of each type by itself", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const types = Array.from({ length: 12 }, (_, index) =>
    type(
      `T${index}`,
      Array.from({ length: 24 }, (__, hour) => ({
        hour,
        closed: Math.round(random() ** 3 * 200),
        slowest: random() < 0.5 ? "ams" : "sjc",
      })),
    ),
  );
  const spec = { metric: "closing_delay", threshold: "45m", for: "3m" };
  const all = tallies(spec, history(...types));
  const single = types.map((each) => tallies(spec, history(each)));
  for (const [index, tally] of all.entries()) {
    const parts = single.map((each) => each[index] as Tally);
    const sum = (read: (tally: Tally) => number) => parts.reduce((total, part) => total + read(part), 0);
    expect(tally.alerts).toBe(sum(({ alerts }) => alerts));
    expect(tally.breaches?.caught).toBe(sum(({ breaches }) => breaches?.caught ?? 0));
    expect(tally.falseAlerts).toBe(sum(({ falseAlerts }) => falseAlerts));
    expect(tally.breaches?.total).toBe(all[0]?.breaches?.total);
    expect(tally.pageCount).toBeLessThanOrEqual(tally.alerts);
    if (!tally.candidate.isCurrent) continue;
    // Every alert is on one page, and is caught, false or undecided.
    expect(tally.pages.reduce((total, { firings }) => total + firings.length, 0)).toBe(tally.alerts);
    const caught = tally.firings.filter(({ outcome }) => outcome === "caught").length;
    expect(caught + tally.falseAlerts + tally.undecidedAlerts).toBe(tally.alerts);
  }
  // A higher threshold never catches more.
  const caught = all.map(({ breaches }) => breaches?.caught ?? 0);
  expect(caught).toEqual(caught.toSorted((a, b) => b - a));
});

describe("dead_letters", () => {
  const counts = [2, 3, 9].map((hour) => ({
    ...{ name: "dead_letters" as const, hour: at(hour * 60), count: 60 },
    ...{ resource: "subscription a", sharedBy: 1 },
  }));
  const lived = (told: Told[]) => history({ ...type("A", told), counted: [{ datacenter: "ams", counts }] });
  const day = Array.from({ length: 12 }, (_, hour) => ({ hour, closed: 5 }));

  test("an hour's count is known at its end, and lasts for the window", () => {
    const once = own({ metric: "dead_letters", threshold: 50 }, lived(day));
    expect(times(once)).toEqual([
      [180, 300],
      [600, 660],
    ]);
    expect([once.alerts, once.pageCount, once.breaches]).toEqual([2, 2, null]);
  });

  test("a longer window adds hours up", () => {
    expect(times(own({ metric: "dead_letters", threshold: 100 }, lived(day)))).toEqual([]);
    expect(times(own({ metric: "dead_letters", threshold: 100, window: "2h" }, lived(day)))).toEqual([[240, 300]]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DatacenterFacts,
  judgeHour,
  mostEvents,
  type VerdictState,
  type VerdictTerms,
  verdictStates,
} from "./verdict.ts";

const hour = new Date("2026-11-22T13:00:00Z");
const terms: VerdictTerms = { deadlineSeconds: 7_200, settleSeconds: 900, maxLost: 0.0001, maxDuplicated: 0.0001 };
const at = (time: string) => new Date(`2026-11-22T${time}Z`);
/** A moment after `time`. */
const later = (time: string) => new Date(at(time).getTime() + 1);
const earlier = (time: string) => new Date(at(time).getTime() - 1);

/** A datacenter that closed at 14:53 and delivered what it produced, unless said otherwise. */
function datacenter(name: string, facts: Partial<DatacenterFacts> = {}): DatacenterFacts {
  return {
    name,
    closedAt: at("14:53:00"),
    watermark: at("14:00:00"),
    reportedProduced: true,
    produced: 10_000n,
    published: null,
    delivered: 10_000n,
    skewed: 0n,
    ...facts,
  };
}

const open = { closedAt: null, watermark: at("13:40:00") };
const losing = { produced: 10_000n, delivered: 9_000n };
const doubling = { produced: 10_000n, delivered: 11_000n };
const unknown = { reportedProduced: false, produced: null };

function judge(facts: DatacenterFacts[], now: Date, changed: Partial<VerdictTerms> = {}) {
  return judgeHour({ hour, facts, terms: { ...terms, ...changed }, now });
}

const stateOf = (...args: Parameters<typeof judge>) => judge(...args).state;

describe("the state table", () => {
  // The hour ends at 14:00, the deadline is 16:00, a closing at 14:53 settles at 15:08.
  const rows: [VerdictState, string, DatacenterFacts[], Date][] = [
    ["open", "before the hour's end, whatever is said", [datacenter("lon")], earlier("14:00:00")],
    ["open", "before the hour's end, with nothing said", [], at("13:00:00")],
    ["closing", "at the hour's end, not closed", [datacenter("lon", open)], at("14:00:00")],
    ["closing", "one of two has not closed", [datacenter("lon"), datacenter("sjc", open)], at("15:00:00")],
    ["closing", "on the deadline, not closed", [datacenter("lon", open)], at("16:00:00")],
    ["closing", "no datacenter is expected: nobody can close it", [], at("15:00:00")],
    ["late", "after the deadline, not closed", [datacenter("lon", open)], later("16:00:00")],
    ["late", "after the deadline, one of two not closed", [datacenter("lon"), datacenter("sjc", open)], at("20:00:00")],
    ["late", "not closed and losing: late is not lost", [datacenter("lon", { ...open, ...losing })], at("20:00:00")],
    ["late", "after the deadline, no datacenter is expected", [], at("20:00:00")],
    ["complete", "closed, all delivered, before it settles", [datacenter("lon")], at("14:53:00")],
    ["complete", "closed after the deadline", [datacenter("lon", { closedAt: at("17:00:00") })], at("17:00:00")],
    ["complete", "empty and known", [datacenter("lon", { produced: null, delivered: null })], at("15:00:00")],
    [
      "complete",
      "closed before its end: a source that is done",
      [datacenter("lon", { closedAt: at("09:00:00") })],
      at("14:00:00"),
    ],
    ["verifying", "closed and losing, before it settles", [datacenter("lon", losing)], earlier("15:08:00")],
    ["verifying", "closed and doubling, before it settles", [datacenter("lon", doubling)], at("15:00:00")],
    ["verifying", "closed and unknown, before it settles", [datacenter("lon", unknown)], at("15:00:00")],
    ["unverified", "settled, produced unknown", [datacenter("lon", unknown)], at("15:08:00")],
    [
      "unverified",
      "settled, one of two unknown, the other losing",
      [datacenter("lon", losing), datacenter("sjc", unknown)],
      at("16:00:00"),
    ],
    ["incomplete", "settled, lost above tolerance", [datacenter("lon", losing)], at("15:08:00")],
    [
      "incomplete",
      "settled, lost and duplicated",
      [datacenter("lon", losing), datacenter("sjc", doubling)],
      at("15:08:00"),
    ],
    ["overcounted", "settled, duplicated above tolerance", [datacenter("lon", doubling)], at("15:08:00")],
  ];

  test.each(rows)("%s: %s", (state, _, facts, now) => {
    expect(stateOf(facts, now)).toBe(state);
  });

  test("every state is in it", () => {
    expect(new Set(rows.map(([state]) => state))).toEqual(new Set(verdictStates));
  });
});

describe("transitions by time", () => {
  const cases: [string, DatacenterFacts, Date, Partial<VerdictTerms>?][] = [
    ["open → closing: the hour ended", datacenter("lon", open), at("14:00:00")],
    [
      "open → complete: the hour ended, closed already",
      datacenter("lon", { closedAt: at("13:59:00") }),
      at("14:00:00"),
    ],
    [
      "open → verifying: the hour ended, closed already and losing",
      datacenter("lon", { ...losing, closedAt: at("13:59:00") }),
      at("14:00:00"),
    ],
    [
      "open → verifying: the hour ended, closed and losing by a clock that was hours behind",
      datacenter("lon", { ...losing, closedAt: at("09:00:00") }),
      at("14:00:00"),
    ],
    ["closing → late: deadline passed", datacenter("lon", open), later("16:00:00")],
    ["verifying → incomplete: settled", datacenter("lon", losing), at("15:08:00")],
    ["verifying → overcounted: settled", datacenter("lon", doubling), at("15:08:00")],
    ["verifying → unverified: settled", datacenter("lon", unknown), at("15:08:00")],
  ];

  test.each(cases)("%s", (name, facts, due) => {
    const [from, to] = name.split(": ")[0]?.split(" → ") ?? [];
    const eve = judge([facts], new Date(due.getTime() - 1));
    expect(eve.state).toBe(from);
    // The evaluator comes back at just this moment, and it is never too early.
    expect(eve.nextDueAt).toEqual(due);
    expect(judge([facts], due).state).toBe(to);
  });

  test.each(["late", "complete", "unverified", "incomplete", "overcounted"] as const)(
    "%s is left by new facts alone",
    (state) => {
      const facts = { late: open, complete: {}, unverified: unknown, incomplete: losing, overcounted: doubling }[state];
      const judged = judge([datacenter("lon", facts)], at("18:00:00"));
      expect(judged).toMatchObject({ state, nextDueAt: null });
      expect(stateOf([datacenter("lon", facts)], at("23:59:59"))).toBe(state);
    },
  );

  test("a complete hour is looked at once more when it has settled, if it misplaced, lost or duplicated anything", () => {
    const skewed = datacenter("lon", { skewed: 3n });
    expect(judge([skewed], at("15:00:00"))).toMatchObject({ state: "complete", nextDueAt: at("15:08:00") });
    expect(judge([skewed], at("15:08:00"))).toMatchObject({ state: "complete", nextDueAt: null });
    expect(judge([datacenter("lon", {})], at("15:00:00"))).toMatchObject({ state: "complete", nextDueAt: null });
  });

  test("no settling: what is closed is final at once", () => {
    expect(stateOf([datacenter("lon", losing)], at("14:53:00"), { settleSeconds: 0 })).toBe("incomplete");
  });
});

describe("transitions by facts", () => {
  const now = at("17:00:00");
  const lon = datacenter("lon");

  test.each([
    ["late → complete: the last datacenter closed", [lon, datacenter("sjc", open)], [lon, datacenter("sjc")]],
    [
      "late → verifying: it closed and loses",
      [datacenter("lon", open)],
      [datacenter("lon", { ...losing, closedAt: at("16:50:00") })],
    ],
    ["incomplete → complete: late events were delivered", [datacenter("lon", losing)], [lon]],
    ["complete → incomplete: a recount found less", [lon], [datacenter("lon", losing)]],
    ["overcounted → complete: a recount removed the duplicates", [datacenter("lon", doubling)], [lon]],
    ["unverified → complete: produced counts came", [datacenter("lon", unknown)], [lon]],
    [
      "unverified → incomplete: produced counts came and tell of loss",
      [datacenter("lon", unknown)],
      [datacenter("lon", losing)],
    ],
    ["complete → late: a datacenter was added that has not closed", [lon], [lon, datacenter("sjc", open)]],
    ["late → complete: the datacenter that had not closed was retired", [lon, datacenter("sjc", open)], [lon]],
    ["complete → late: the last datacenter was retired", [lon], []],
  ])("%s", (name, from, to) => {
    const [fromState, toState] = name.split(": ")[0]?.split(" → ") ?? [];
    expect([stateOf(from, now), stateOf(to, now)]).toEqual([fromState, toState]);
  });
});

describe("closing", () => {
  test("the hour closes with the last datacenter: hour 13 closed at 14:53 is 53 min", () => {
    const facts = [
      datacenter("ash", { closedAt: at("14:10:00") }),
      datacenter("lon"),
      datacenter("sto", { closedAt: at("14:30:00") }),
    ];
    expect(judge(facts, at("15:00:00"))).toMatchObject({
      closedAt: at("14:53:00"),
      closingDelaySeconds: 3_180,
      endsAt: at("14:00:00"),
      deadlineAt: at("16:00:00"),
    });
  });

  test("no datacenter closes an hour before its end: a sender's clock that says 1970 gives a delay of 0", () => {
    const facts = [datacenter("lon", { closedAt: new Date("1970-01-01T00:00:00Z") })];
    const judged = judge(facts, at("15:00:00"));
    expect(judged).toMatchObject({ closedAt: at("14:00:00"), closingDelaySeconds: 0, deadlineMet: true });
    expect(judged.datacenters[0]?.closedAt).toEqual(at("14:00:00"));
    const other = datacenter("sjc", { closedAt: at("14:20:00") });
    expect(judge([...facts, other], at("15:00:00")).closingDelaySeconds).toBe(1_200);
  });

  test("an hour with a datacenter that has not closed has no closing", () => {
    expect(judge([datacenter("lon"), datacenter("sjc", open)], at("15:00:00"))).toMatchObject({
      closedAt: null,
      closingDelaySeconds: null,
    });
  });

  test.each([
    ["closed on the deadline", at("16:00:00"), at("17:00:00"), true],
    ["closed after it", later("16:00:00"), at("17:00:00"), false],
    ["closed before, asked long after", at("14:53:00"), at("23:00:00"), true],
    ["not closed, on the deadline", null, at("16:00:00"), null],
    ["not closed, after it", null, later("16:00:00"), false],
    ["not closed, before the end", null, at("13:30:00"), null],
  ])("deadline met: %s", (_, closedAt, now, met) => {
    expect(judge([datacenter("lon", { closedAt })], now).deadlineMet).toBe(met);
  });
});

describe("figures", () => {
  const now = at("18:00:00");

  test("unknown is not zero: it adds nothing, and neither loses nor doubles", () => {
    const judged = judge([datacenter("lon"), datacenter("sjc", { ...unknown, delivered: 500n })], now);
    expect(judged).toMatchObject({
      state: "unverified",
      known: false,
      completeness: null,
      produced: 10_000n,
      delivered: 10_500n,
      lost: 0n,
      duplicated: 0n,
    });
    expect(judged.datacenters[1]).toMatchObject({
      name: "sjc",
      known: false,
      produced: null,
      delivered: 500n,
      lost: 0n,
      duplicated: 0n,
    });
  });

  test("silence about one type is zero where others were reported", () => {
    const judged = judge([datacenter("lon", { produced: null, delivered: null })], now);
    expect(judged).toMatchObject({ state: "complete", known: true, completeness: 1, produced: 0n });
    expect(judged.datacenters[0]).toMatchObject({ known: true, produced: 0n, delivered: 0n });
  });

  test("a count of its own makes a datacenter known, also zero", () => {
    expect(judge([datacenter("lon", { reportedProduced: false, produced: 0n, delivered: null })], now)).toMatchObject({
      state: "complete",
      known: true,
    });
  });

  test("delivered where nothing was produced is counted too often, not complete", () => {
    expect(judge([datacenter("lon", { produced: null, delivered: 1n })], now)).toMatchObject({
      state: "overcounted",
      duplicated: 1n,
      completeness: 1,
    });
  });

  test("no datacenter is expected: nothing is known", () => {
    expect(judge([], now)).toMatchObject({ known: false, completeness: null, produced: 0n, datacenters: [] });
  });

  test("loss and duplicates in different datacenters never cancel", () => {
    const judged = judge([datacenter("lon", { delivered: 9_950n }), datacenter("sjc", { delivered: 10_050n })], now);
    expect(judged).toMatchObject({
      state: "incomplete",
      produced: 20_000n,
      delivered: 20_000n,
      lost: 50n,
      duplicated: 50n,
      completeness: 0.9975,
    });
  });

  test("skew and published counts are reported and do not affect the state", () => {
    const judged = judge([datacenter("lon", { skewed: 7n, published: 9n }), datacenter("sjc", { skewed: 5n })], now);
    expect(judged).toMatchObject({ state: "complete", skewed: 12n });
    expect(judged.datacenters.map((dc) => dc.published)).toEqual([9n, null]);
  });

  test("completeness is never rounded up to 1", () => {
    const produced = 10n ** 18n;
    const judged = judge([datacenter("lon", { produced, delivered: produced - 1n })], now);
    expect(judged.state).toBe("complete");
    expect(judged.completeness).toBeLessThan(1);
    expect(judged.completeness).toBeGreaterThan(0.999999);
    expect(judge([datacenter("lon", { produced, delivered: 0n })], now).completeness).toBe(0);
  });

  test("evidence is in the order of names", () => {
    const judged = judge([datacenter("sto"), datacenter("ash"), datacenter("lon", open)], now);
    expect(judged.datacenters.map((dc) => [dc.name, dc.closed])).toEqual([
      ["ash", true],
      ["lon", false],
      ["sto", true],
    ]);
  });
});

describe("counts beyond what a verdict holds", () => {
  test("stand at its end, of a datacenter and of the hour", () => {
    const huge = 2n ** 70n;
    const both = [
      datacenter("lon", { produced: huge, published: huge, delivered: 1n, skewed: huge }),
      datacenter("sjc", { produced: huge, delivered: 0n }),
    ];
    const judged = judge(both, at("16:00:00"));
    expect(judged.datacenters[0]).toMatchObject({
      produced: mostEvents,
      published: mostEvents,
      delivered: 1n,
      lost: mostEvents - 1n,
    });
    expect(judged).toMatchObject({ state: "incomplete", produced: mostEvents, lost: mostEvents, skewed: mostEvents });
    expect(judged.completeness).toBe(0);
  });
});

describe("tolerances", () => {
  const now = at("18:00:00");
  const lost = (produced: bigint, missing: bigint, maxLost?: number) =>
    stateOf(
      [datacenter("lon", { produced, delivered: produced - missing })],
      now,
      maxLost === undefined ? {} : { maxLost },
    );
  const doubled = (produced: bigint, extra: bigint, maxDuplicated?: number) =>
    stateOf(
      [datacenter("lon", { produced, delivered: produced + extra })],
      now,
      maxDuplicated === undefined ? {} : { maxDuplicated },
    );

  test.each([
    [10_000n, 1n, undefined, "complete"],
    [10_000n, 2n, undefined, "incomplete"],
    [9_999n, 1n, undefined, "incomplete"],
    [1n, 1n, undefined, "incomplete"],
    [10n ** 18n, 10n ** 14n, undefined, "complete"],
    [10n ** 18n, 10n ** 14n + 1n, undefined, "incomplete"],
    [10n ** 9n, 1n, 0, "incomplete"],
    [10n ** 9n, 1n, 1e-9, "complete"],
    [10n ** 9n, 2n, 1e-9, "incomplete"],
    // 0.07 × 100 is 7.000000000000001, 0.29 × 100 is 28.999999999999996.
    [100n, 29n, 0.29, "complete"],
    [100n, 8n, 0.07, "incomplete"],
    // As floats 0.0157 × 10⁹ is below 15,700,000.
    [10_000n, 157n, 0.0157, "complete"],
    [10_000n, 158n, 0.0157, "incomplete"],
    [5n, 5n, 1, "complete"],
  ])("of %d produced %d lost at a tolerance of %d: %s", (produced, missing, maxLost, state) => {
    expect(lost(produced, missing, maxLost)).toBe(state);
  });

  test.each([
    [10_000n, 1n, undefined, "complete"],
    [10_000n, 2n, undefined, "overcounted"],
    [0n, 1n, 1, "overcounted"],
    [10n, 10n, 1, "complete"],
  ])("of %d produced %d delivered again at a tolerance of %d: %s", (produced, extra, maxDuplicated, state) => {
    expect(doubled(produced, extra, maxDuplicated)).toBe(state);
  });

  test("what is judged is the hour's sum, not each datacenter's", () => {
    const small = datacenter("lon", { produced: 10n, delivered: 9n });
    expect(stateOf([small], now)).toBe("incomplete");
    expect(stateOf([small, datacenter("sjc")], now)).toBe("complete");
  });
});

describe("properties", () => {
  const moment = fc
    .integer({ min: -120, max: 300 })
    .map((minutes) => new Date(at("14:00:00").getTime() + minutes * 60_000));
  const count = fc.bigInt({ min: 0n, max: 20n });
  const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 });
  const anyFacts = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("ash", "lon", "sjc", "sto", "gcp-eu"),
      closedAt: perhaps(moment),
      watermark: perhaps(moment),
      reportedProduced: fc.boolean(),
      produced: perhaps(count),
      published: perhaps(count),
      delivered: perhaps(count),
      skewed: count,
    }),
    { selector: (facts) => facts.name },
  );
  const anyTerms = fc.record({
    deadlineSeconds: fc.constantFrom(60, 3_600, 7_200),
    settleSeconds: fc.constantFrom(0, 900),
    maxLost: fc.constantFrom(0, 0.0001, 0.1, 1),
    maxDuplicated: fc.constantFrom(0, 0.0001, 0.1, 1),
  });

  test("the order of datacenters does not matter", () => {
    const shuffled = anyFacts.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, anyTerms, moment, ([facts, other], changed, now) => {
        expect(judge(other, now, changed)).toEqual(judge(facts, now, changed));
      }),
      { numRuns: 500 },
    );
  });

  test("the state is the first line of the contract's table that holds", () => {
    fc.assert(
      fc.property(anyFacts, anyTerms, moment, (facts, changed, now) => {
        const judged = judge(facts, now, changed);
        const closed = facts.length > 0 && facts.every((dc) => dc.closedAt);
        const closedMs = Math.max(judged.endsAt.getTime(), ...facts.map((dc) => dc.closedAt?.getTime() ?? 0));
        const known = facts.length > 0 && facts.every((dc) => dc.reportedProduced || dc.produced !== null);
        const sum = (of: (dc: DatacenterFacts) => number) => facts.reduce((total, dc) => total + of(dc), 0);
        const isKnown = (dc: DatacenterFacts) => dc.reportedProduced || dc.produced !== null;
        const gap = (dc: DatacenterFacts) => (isKnown(dc) ? Number(dc.produced ?? 0n) - Number(dc.delivered ?? 0n) : 0);
        const produced = sum((dc) => Number(dc.produced ?? 0n));
        const isLost = sum((dc) => Math.max(0, gap(dc))) > changed.maxLost * produced;
        const isDoubled = sum((dc) => Math.max(0, -gap(dc))) > changed.maxDuplicated * produced;
        const table: [VerdictState, boolean][] = [
          ["open", now < judged.endsAt],
          ["late", !closed && now > judged.deadlineAt],
          ["closing", !closed],
          ["complete", known && !isLost && !isDoubled],
          ["verifying", now.getTime() < closedMs + changed.settleSeconds * 1000],
          ["unverified", !known],
          ["incomplete", isLost],
          ["overcounted", isDoubled],
        ];
        expect(judged.state).toBe(table.find(([, holds]) => holds)?.[0]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("until it is due again, time changes nothing", () => {
    fc.assert(
      fc.property(anyFacts, anyTerms, moment, fc.nat(600), (facts, changed, now, minutes) => {
        const judged = judge(facts, now, changed);
        const later = new Date(now.getTime() + minutes * 60_000);
        if (judged.nextDueAt) expect(judged.nextDueAt > now).toBe(true);
        if (judged.nextDueAt && later >= judged.nextDueAt) return;
        // deadlineMet turns with the deadline alone; an open hour whose deadline passes does not exist.
        expect(judge(facts, later, changed)).toEqual(judged);
      }),
      { numRuns: 1_000 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceTaken } from "../../chance.ts";
import { addHours, hourEnd, parseHour } from "../../hour.ts";
import { sayStanding } from "../../standing/say-standing.ts";
import type { AlertFacts, HourNow, TypeFacts } from "../facts.ts";
import { observeRule } from "../observe.ts";
import { parseAlertRule } from "../parse-alert-rule.ts";
import { evaluatedBy } from "../rule-standing.ts";

const now = new Date("2026-11-22T14:20:00Z");
const last = parseHour("2026-11-22T12") as Date;

/** Hours whose counts are final, the last of them just now. */
function hoursOf(counts: readonly { produced: number; lost: number }[]): HourNow[] {
  return counts.map(({ produced, lost }, at): HourNow => {
    const hour = addHours(last, at + 1 - counts.length);
    const closedAt = new Date(hourEnd(hour).getTime() + 1_800_000);
    const times = { hour, closedAt, settledAt: new Date(closedAt.getTime() + 900_000), deadlineAt: addHours(hour, 3) };
    const counted = { produced, delivered: produced - lost, lost, duplicated: 0, skewed: 0, known: true };
    const lane = { datacenter: "ash", closedAt, published: null, reportersExpected: null, reportersMissing: null };
    return {
      ...times,
      ...counted,
      state: lost > 0 ? "incomplete" : "complete",
      forecast: null,
      lanes: [{ ...lane, ...counted, skewed: null }],
    };
  });
}

function factsOf(counts: readonly { produced: number; lost: number }[]): AlertFacts {
  const terms = {
    tier: "high",
    owner: "x",
    labels: {},
    consumers: [],
    deadlineSeconds: 7200,
    maxLost: 0,
    maxDuplicated: 0,
  };
  const type: TypeFacts = {
    ...terms,
    eventType: "EndSong",
    watchedFrom: new Date("2026-11-01T00:00:00Z"),
    objectives: { timeliness: null, completeness: 0.999 },
    lanes: [{ datacenter: "ash", watermark: now, movedAt: now, usualDelay: null, backlogs: [] }],
    hours: hoursOf(counts),
    withHistory: true,
    volumes: null,
  };
  return { now, lastIngestAt: now, datacenters: [], deployments: [], types: [type] };
}

function ruleOf(spec: object) {
  const parsed = parseAlertRule({ severity: "page", ...spec });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return { name: "rule", spec: parsed.spec, isDefault: false };
}

const completeness = ruleOf({ metric: "completeness", threshold: "99.9%" });
const burn = ruleOf({ metric: "burn_rate", windows: [{ long: "1h", short: "5m", factor: 14.4 }] });
const slowBurn = ruleOf({ metric: "burn_rate", windows: [{ long: "6h", short: "30m", factor: 6 }] });

const fires = (rule: typeof burn, counts: readonly { produced: number; lost: number }[]) =>
  observeRule(rule, factsOf(counts)).some(({ look }) => look.kind === "value" && look.isTrue);

describe("what chance explains does not page", () => {
  it("1 of 50 lost at 99.9 % is said, and fires nothing", () => {
    const counts = [{ produced: 50, lost: 1 }];
    expect([fires(completeness, counts), fires(burn, counts)]).toEqual([false, false]);
    const said = (rule: typeof burn) => {
      const evaluated = evaluatedBy(rule, factsOf(counts), {
        expectReporters: new Set(),
        volumeDays: new Map(),
        acceptedHours: new Map(),
      });
      return sayStanding({ rule, evaluated, active: 0, muted: null, now });
    };
    expect(said(completeness)).toBe(
      "Evaluates 1 hour of 1 event type; no alert is active. 1 of 50 events of EndSong, hour 2026-11-22T12, lost; chance alone does this once in 20 hours.",
    );
    expect(said(burn)).toBe(
      "Evaluates 1 hour of 1 event type; no alert is active. 1 of 50 events of EndSong, last 60 min, lost; chance alone does this once in 20 hours.",
    );
  });

  it("no loss never fires, whatever the counts", () => {
    const counts = fc.array(fc.record({ produced: fc.maxSafeNat(), lost: fc.constant(0) }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(counts, (all) => {
        expect([completeness, burn, slowBurn].filter((rule) => fires(rule, all))).toEqual([]);
      }),
    );
  });

  it("a datacenter with a fifth of a type's events that loses all of them pages in its first final hour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 25, max: Number.MAX_SAFE_INTEGER }), (produced) => {
        const counts = [
          { produced, lost: 0 },
          { produced, lost: Math.ceil(produced / 5) },
        ];
        expect([fires(completeness, counts), fires(burn, counts)]).toEqual([true, true]);
      }),
    );
  });

  it("a small loss that stays pages within the long window", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 100_000 }), (produced) => {
        const counts = Array.from({ length: 6 }, () => ({ produced, lost: Math.ceil(produced / 25) }));
        expect(fires(slowBurn, counts)).toBe(true);
      }),
    );
  });

  it("a loss beyond chance is a loss for every higher count too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(999_999), (produced, some) => {
        const lost = some % produced;
        if (fires(completeness, [{ produced, lost }]))
          expect(fires(completeness, [{ produced, lost: lost + 1 }])).toBe(true);
      }),
    );
  });
});

it("a burn just above its factor pages, once more is lost than chance explains of the objective", () => {
  // 1.5 % of 2,000 is 15 times what 99.9 % allows, and 30 where 2 are expected.
  expect(fires(burn, [{ produced: 2_000, lost: 30 }])).toBe(true);
});

describe("the rate of false pages is no higher than the nominal one, however few the events", () => {
  const hours = 20_000;
  const falseShare = (rule: typeof burn, produced: number, trueShare: number) => {
    const random = seeded(produced * 7919 + Math.round(trueShare * 1e6));
    let fired = 0;
    for (let hour = 0; hour < hours; hour += 1) {
      if (fires(rule, [{ produced, lost: binomial(random, produced, trueShare) }])) fired += 1;
    }
    return fired / hours;
  };
  // Three standard deviations of the simulation itself.
  const most = chanceTaken + 3 * Math.sqrt((chanceTaken * (1 - chanceTaken)) / hours);

  it.each([1, 5, 9, 50, 200, 1_000])("of %d events, at exactly the tolerated loss", (produced) => {
    expect(falseShare(completeness, produced, 0.001)).toBeLessThanOrEqual(most);
    expect(falseShare(burn, produced, 0.001)).toBeLessThanOrEqual(most);
  });
});

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** By the gaps between failures, which are geometric. */
function binomial(random: () => number, events: number, share: number): number {
  let failed = 0;
  let at = 0;
  for (;;) {
    at += Math.floor(Math.log(1 - random()) / Math.log1p(-share)) + 1;
    if (at > events) return failed;
    failed += 1;
  }
}

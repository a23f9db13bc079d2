import { describe, expect, test } from "vitest";
import { addHours } from "../hour.ts";
import type { CountName, LaneCount } from "../source/lane-count.ts";
import { explainHour } from "./explain-hour.ts";
import type { DeploymentFact, InstanceFact, LaneToExplain, TroubledHour } from "./hour-facts.ts";

const hour = new Date("2026-11-22T13:00:00Z");
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** Closed twelve minutes after the hour with all its thousand events, as always. */
function lane(datacenter: string, over: Partial<LaneToExplain> = {}): LaneToExplain {
  const closings = Array.from({ length: 7 }, (_, index) => {
    const start = addHours(hour, index - 6);
    return { hour: start, closedAt: new Date(addHours(start, 1).getTime() + 12 * 60_000) };
  });
  return {
    datacenter,
    closedAt: at("14:12"),
    watermark: at("14:58"),
    watermarkMovedAt: at("14:59"),
    lastSeenAt: at("14:59"),
    known: true,
    reporters: null,
    counts: { produced: 1000, published: 1000, delivered: 1000 },
    countsSince: { produced: 2000, published: 1990, delivered: 1900 },
    skewed: 0,
    usualSkewedShare: 0,
    usualDelay: { p50Seconds: 600, p90Seconds: 900, hours: 96 },
    closings,
    backlogs: [],
    cited: [],
    counted: [],
    instances: [],
    peers: { types: 0, late: 0 },
    ...over,
  };
}

/** Not closed, nor anything since 12:00 to 13:00 that was; its reporters speak. */
function openLane(datacenter: string, over: Partial<LaneToExplain> = {}): LaneToExplain {
  const closings = lane(datacenter).closings.map((each) => (each.hour < hour ? each : { ...each, closedAt: null }));
  return lane(datacenter, { closedAt: null, watermark: at("13:20"), closings, ...over });
}

function troubled(lanes: LaneToExplain[], over: Partial<TroubledHour> = {}): TroubledHour {
  const closedAt = lanes.every((each) => each.closedAt) ? at("14:12") : null;
  return {
    eventType: "EndSong",
    hour,
    now: at("15:00"),
    state: closedAt ? "complete" : "closing",
    deadlineAt: at("16:00"),
    closedAt,
    breachProbability: null,
    maxLost: 0.0001,
    maxDuplicated: 0.0001,
    telemetryAgeSeconds: 5,
    lanes,
    deployments: [],
    ...over,
  };
}

const deployment = (over: Partial<DeploymentFact> = {}): DeploymentFact => ({
  id: "7",
  datacenter: "sjc",
  component: "exporter",
  version: "3.1.0",
  deployedAt: at("13:15"),
  deployedBy: "ci",
  ...over,
});

const exporter = (over: Partial<InstanceFact> = {}): InstanceFact => ({
  component: "exporter",
  instance: "exporter-1",
  version: "3.1.0",
  startedAt: at("09:00"),
  downFrom: null,
  lastSeenAt: at("14:59"),
  stage: "delivered",
  ...over,
});

const firstOf = (facts: TroubledHour) => explainHour(facts)[0];

describe("nothing is explained", () => {
  test("of an hour that closed as usual with all its events", () => {
    expect(explainHour(troubled([lane("lon"), lane("sjc")]))).toEqual([]);
  });

  test("of an hour that is still within its usual time", () => {
    expect(explainHour(troubled([openLane("sjc")], { now: at("14:10") }))).toEqual([]);
  });
});

describe("lateness", () => {
  test("nothing heard for a quarter of an hour → silent, since the last word", () => {
    const silent = openLane("sjc", { lastSeenAt: at("13:40") });
    expect(firstOf(troubled([lane("lon"), silent]))).toMatchObject({
      code: "datacenter_silent",
      datacenter: "sjc",
      stage: "produced",
      since: at("13:40"),
    });
  });

  test("while Tidemark receives nothing, its own blindness comes first", () => {
    const silent = [openLane("lon", { lastSeenAt: at("14:30") }), openLane("sjc", { lastSeenAt: at("14:30") })];
    const causes = explainHour(troubled(silent, { telemetryAgeSeconds: 1800 }));
    expect(causes.map(({ code }) => code)).toEqual(["telemetry_blind", "datacenter_silent", "datacenter_silent"]);
    expect(causes[0]?.since).toEqual(at("14:30"));
  });

  test("a watermark that stands while the datacenter speaks → stalled, since it moved last", () => {
    const still = openLane("sjc", {
      watermarkMovedAt: at("13:22"),
      countsSince: { produced: 2000, published: 1990, delivered: 300 },
    });
    expect(firstOf(troubled([still]))).toMatchObject({
      code: "watermark_stalled",
      stage: "delivered",
      since: at("13:22"),
    });
  });

  test("one that is said by whole hours stands for an hour without being stalled", () => {
    const byHours = openLane("sjc", { watermark: at("13:00"), watermarkMovedAt: at("14:05") });
    expect(firstOf(troubled([byHours]))?.code).not.toBe("watermark_stalled");
    expect(firstOf(troubled([{ ...byHours, watermarkMovedAt: at("13:05") }]))?.code).toBe("watermark_stalled");
  });

  test("produced runs away from published → publishing, though the watermark stands as well", () => {
    const cut = openLane("sjc", {
      watermarkMovedAt: at("13:22"),
      countsSince: { produced: 2000, published: 600, delivered: 590 },
    });
    expect(firstOf(troubled([cut]))).toMatchObject({ code: "publishing_stalled", stage: "published" });
  });

  test("a gauge before published says since when", () => {
    const backlogs = [{ stage: "published" as const, oldestAgeSeconds: 5400, messages: 900, observedAt: at("14:58") }];
    expect(firstOf(troubled([openLane("sjc", { backlogs })]))).toMatchObject({
      code: "publishing_stalled",
      since: at("13:28"),
    });
  });

  test("the watermark moves, events wait → backlog", () => {
    const backlogs = [{ stage: "delivered" as const, oldestAgeSeconds: 5400, messages: 900, observedAt: at("14:58") }];
    expect(firstOf(troubled([openLane("sjc", { backlogs })]))).toMatchObject({ code: "backlog", stage: "delivered" });
  });

  test("a gauge of an hour ago is no evidence for now", () => {
    const backlogs = [{ stage: "delivered" as const, oldestAgeSeconds: 5400, messages: 900, observedAt: at("14:00") }];
    expect(firstOf(troubled([openLane("sjc", { backlogs })]))?.code).toBe("datacenter_behind");
  });

  test("nothing says why → the datacenter, shared with its other types or this type's alone", () => {
    expect(firstOf(troubled([openLane("sjc", { peers: { types: 40, late: 39 } })]))?.code).toBe("shared_datacenter");
    const alone = firstOf(troubled([openLane("sjc", { peers: { types: 40, late: 0 } })]));
    expect(alone?.code).toBe("datacenter_behind");
    expect(alone?.evidence.map(({ fact }) => fact).join()).toContain("only this type is affected");
  });

  test("types with the same trouble are evidence for a shared cause", () => {
    const score = (late: number) => firstOf(troubled([openLane("sjc", { peers: { types: 40, late } })]))?.score ?? 0;
    expect(score(40)).toBeGreaterThan(score(20));
    expect(score(20)).toBeGreaterThan(score(0));
  });

  test("a forecast of lateness alone is explained with less conviction", () => {
    const facts = troubled([openLane("sjc")], { now: at("14:10") });
    const feared = firstOf({ ...facts, breachProbability: 0.8 });
    expect(feared?.datacenter).toBe("sjc");
    expect(feared?.score).toBeLessThan(0.5);
    expect(explainHour({ ...facts, breachProbability: 0.2 })).toEqual([]);
  });

  test("right after the hour's end, a datacenter without an unusual lag is not feared for, nor is what was deployed there", () => {
    const well = openLane("ash", { watermark: at("13:55") });
    const facts = troubled([well, openLane("sjc")], {
      now: at("14:05"),
      breachProbability: 0.8,
      deployments: [deployment({ datacenter: "ash", deployedAt: at("13:50") })],
    });
    expect([...new Set(explainHour(facts).map(({ datacenter }) => datacenter))]).toEqual(["sjc"]);
  });

  test("closed after its deadline → the datacenter that closed late, its stage no longer known", () => {
    const late = lane("sjc", {
      closedAt: at("17:30"),
      closings: [
        { hour: addHours(hour, -1), closedAt: at("13:12") },
        { hour, closedAt: at("17:30") },
      ],
    });
    const facts = troubled([lane("lon"), late], { closedAt: at("17:30"), now: at("20:00") });
    expect(explainHour(facts)).toHaveLength(1);
    expect(firstOf(facts)).toMatchObject({
      code: "datacenter_behind",
      datacenter: "sjc",
      stage: null,
      since: at("13:12"),
    });
  });

  test("hours that closed one right after the other were held still; hours apart were slowed", () => {
    const closed = (next: string) =>
      firstOf(
        troubled(
          [
            lane("sjc", {
              closedAt: at("17:30"),
              closings: [
                { hour: addHours(hour, -1), closedAt: at("13:12") },
                { hour, closedAt: at("17:30") },
                { hour: addHours(hour, 1), closedAt: at(next) },
              ],
            }),
          ],
          { closedAt: at("17:30"), now: at("21:00") },
        ),
      )?.code;
    expect(closed("17:40")).toBe("watermark_stalled");
    expect(closed("20:00")).toBe("backlog");
  });
});

describe("deployments", () => {
  const slow = openLane("sjc", {
    backlogs: [{ stage: "delivered", oldestAgeSeconds: 5400, messages: 900, observedAt: at("14:58") }],
    instances: [exporter(), exporter({ component: "event-service", instance: "event-service-1", stage: "produced" })],
  });

  test("one of the component that counts the stage, when it began → before the mechanism", () => {
    expect(explainHour(troubled([slow], { deployments: [deployment()] }))[0]).toMatchObject({
      code: "deployment",
      datacenter: "sjc",
      stage: "delivered",
      component: "exporter",
      version: "3.1.0",
      deploymentId: "7",
      since: at("13:15"),
    });
  });

  test("one of another stage's component → below the mechanism", () => {
    const causes = explainHour(troubled([slow], { deployments: [deployment({ component: "event-service" })] }));
    expect(causes.map(({ code }) => code)).toEqual(["backlog", "deployment"]);
  });

  test("one elsewhere, or hours before it began → not at all", () => {
    const others = [deployment({ datacenter: "lon" }), deployment({ deployedAt: at("10:00") })];
    expect(explainHour(troubled([slow], { deployments: others })).map(({ code }) => code)).toEqual(["backlog"]);
  });

  test("one everywhere counts here too", () => {
    expect(firstOf(troubled([slow], { deployments: [deployment({ datacenter: null })] }))?.code).toBe("deployment");
  });

  test("half an hour before the watermark stopped is too early to have stopped it", () => {
    const still = { ...slow, backlogs: [], watermarkMovedAt: at("13:50") };
    const facts = (deployedAt: Date) => troubled([still], { deployments: [deployment({ deployedAt })] });
    expect(firstOf(facts(at("13:15")))?.code).toBe("watermark_stalled");
    expect(firstOf(facts(at("13:46")))?.code).toBe("deployment");
  });
});

describe("losses, duplicates, skew, and what is not known", () => {
  const settled = { state: "incomplete", now: at("15:00") } as const;

  test("gone before the queue → stage published; after it → delivered", () => {
    const before = lane("sjc", { counts: { produced: 1000, published: 950, delivered: 950 } });
    expect(firstOf(troubled([before], settled))).toMatchObject({ code: "stage_loss", stage: "published" });
    const after = lane("sjc", { counts: { produced: 1000, published: 1000, delivered: 950 } });
    expect(firstOf(troubled([after], settled))).toMatchObject({ code: "stage_loss", stage: "delivered" });
  });

  test("without a published count it is said that the place is not known", () => {
    const unknown = lane("sjc", { counts: { produced: 1000, published: null, delivered: 950 } });
    const facts = firstOf(troubled([unknown], settled))?.evidence.map(({ fact }) => fact);
    expect(facts?.join()).toContain("so the stage is unknown");
  });

  test("the datacenter that lost most comes first; within the tolerance there is nothing to say", () => {
    const lost = (datacenter: string, events: number) =>
      lane(datacenter, { counts: { produced: 100_000, published: 100_000, delivered: 100_000 - events } });
    const causes = explainHour(troubled([lost("lon", 100), lost("sjc", 900)], settled));
    expect(causes.map(({ datacenter }) => datacenter)).toEqual(["sjc", "lon"]);
    expect(explainHour(troubled([lost("lon", 1), lost("sjc", 2)], settled))).toEqual([]);
  });

  test("an instance that restarted without a deployment is named, one that was deployed is not", () => {
    const host = exporter({
      component: "event-service",
      instance: "host-2",
      stage: "produced",
      startedAt: at("13:50"),
    });
    const dead = lane("sjc", { counts: { produced: 1000, published: 950, delivered: 950 }, instances: [host] });
    expect(firstOf(troubled([dead], settled))).toMatchObject({ code: "stage_loss", instance: "host-2" });
    const rollout = deployment({ component: "event-service", deployedAt: at("13:45") });
    expect(firstOf(troubled([dead], { ...settled, deployments: [rollout] }))).toMatchObject({
      code: "deployment",
      instance: null,
    });
  });

  test("more than came → duplicated, before or after the queue", () => {
    const twice = lane("sjc", { counts: { produced: 1000, published: 1050, delivered: 1050 } });
    expect(firstOf(troubled([twice], { ...settled, state: "overcounted" }))).toMatchObject({
      code: "duplicate_delivery",
      stage: "published",
    });
    const exported = lane("sjc", { counts: { produced: 1000, published: 1000, delivered: 1050 } });
    expect(firstOf(troubled([exported], { ...settled, state: "overcounted" }))?.stage).toBe("delivered");
  });

  test("many events in other buckets are explained even of a complete hour, the usual few are not", () => {
    expect(firstOf(troubled([lane("sjc", { skewed: 30 })]))).toMatchObject({
      code: "skewed_delivery",
      stage: "delivered",
    });
    expect(explainHour(troubled([lane("sjc", { skewed: 30, usualSkewedShare: 0.02 })]))).toEqual([]);
  });

  test("unknown is not lost: no produced counts were reported", () => {
    const unknown = lane("sjc", { known: false, counts: { produced: null, published: null, delivered: 500 } });
    const causes = explainHour(troubled([lane("lon"), unknown], { ...settled, state: "unverified" }));
    expect(causes.map(({ code }) => code)).toEqual(["counts_missing"]);
  });

  test("a host that reports no more is named, and its datacenter is not said to be silent", () => {
    const host = exporter({
      component: "event-service",
      instance: "host-2",
      stage: "produced",
      startedAt: at("13:50"),
    });
    const dead = lane("sjc", { known: false, reporters: { expected: 3, missing: 1 }, instances: [host] });
    const [cause, ...others] = explainHour(troubled([lane("lon"), dead], { ...settled, state: "unverified" }));
    expect(others).toEqual([]);
    expect(cause).toMatchObject({
      code: "reporters_missing",
      datacenter: "sjc",
      stage: "produced",
      component: "event-service",
      instance: "host-2",
      sentence:
        "sjc is missing produced counts from 1 of 3 expected reporters, so losses there are unknown. host-2 was down or restarted around then. Check those hosts and their reporters; a late report still settles the hour.",
    });
    expect(JSON.stringify(cause)).not.toContain("of any type");
  });
});

test("every score is between 0 and 1, the list falls, and no text says undefined", () => {
  const lanes = [
    openLane("lon", { lastSeenAt: null }),
    openLane("sjc", { watermark: null, watermarkMovedAt: null }),
    lane("ash", { counts: { produced: 0, published: null, delivered: 4 }, usualDelay: null, closings: [] }),
  ];
  const causes = explainHour(troubled(lanes, { state: "late", now: at("17:00"), deployments: [deployment()] }));
  const scores = causes.map(({ score }) => score);
  expect(causes.length).toBeGreaterThan(2);
  expect(scores.every((score) => score >= 0 && score < 1)).toBe(true);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(JSON.stringify(causes)).not.toMatch(/undefined|NaN|Invalid/);
});

describe("what a source counted", () => {
  const counted = (name: CountName, count: number): LaneCount[] => [
    { name, hour, count, resource: "subscription plays-sjc", sharedBy: 1 },
  ];
  const lossy = (counts: LaneCount[]) =>
    lane("sjc", { counts: { produced: 1000, published: 1000, delivered: 800 }, counted: counts });

  test("dead letters say how events were lost after the queue, and what to do", () => {
    const cause = firstOf(troubled([lane("lon"), lossy(counted("dead_letters", 190))], { state: "incomplete" }));
    expect(cause).toMatchObject({ code: "stage_loss", stage: "delivered" });
    expect(cause?.sentence).toBe(
      "Events of sjc were lost between the queue and the partition: 190 messages went to the dead-letter topic (subscription plays-sjc). Find out why they were rejected, then publish them again.",
    );
  });

  test("a few dead letters are evidence, and not the mechanism", () => {
    const few = firstOf(troubled([lane("lon"), lossy(counted("dead_letters", 5))], { state: "incomplete" }));
    const none = firstOf(troubled([lane("lon"), lossy([])], { state: "incomplete" }));
    expect(few?.sentence).toBe(none?.sentence);
    expect(few?.evidence.map(({ fact }) => fact)).toContain(
      "At sjc, 5 messages went to the dead-letter topic (subscription plays-sjc) in this hour and the next.",
    );
  });

  test("expired deadlines do not explain a loss, nor dead letters a loss before the queue", () => {
    const other = firstOf(troubled([lane("lon"), lossy(counted("expired_deadlines", 190))], { state: "incomplete" }));
    expect(other?.sentence).not.toContain("expired");
    const before = lane("sjc", {
      counts: { produced: 1000, published: 800, delivered: 800 },
      counted: counted("dead_letters", 190),
    });
    expect(firstOf(troubled([lane("lon"), before], { state: "incomplete" }))?.sentence).not.toContain("dead-letter");
  });

  test("expired deadlines explain duplicates, and late messages skew", () => {
    const doubled = lane("sjc", {
      counts: { produced: 1000, published: 1000, delivered: 1200 },
      counted: counted("expired_deadlines", 300),
    });
    expect(firstOf(troubled([lane("lon"), doubled], { state: "overcounted" }))?.sentence).toContain(
      "300 acknowledgement deadlines expired (subscription plays-sjc), and their messages came again.",
    );
    const skewed = lane("sjc", { skewed: 100, counted: counted("late_messages", 90) });
    expect(firstOf(troubled([lane("lon"), skewed]))?.sentence).toContain(
      "into other hours' partitions: 90 messages arrived behind the watermark (subscription plays-sjc). Check",
    );
  });
});

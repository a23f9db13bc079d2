import { describe, expect, it } from "vitest";
import { addHours, hourEnd, parseHour } from "#domain/hour.ts";
import { calm } from "./demo-script.ts";
import { countsAt, type HourPlan, planHour } from "./hour-plan.ts";
import { deadHost, hosts, type Incident, lossyHost, retryStorm, silentClients, skewedClocks } from "./incidents.ts";
import { reportsOf } from "./reporters.ts";
import { type Lane, makeSimulation, type Simulation } from "./simulation.ts";

const startAt = parseHour("2026-11-09T00")!;
const liveAt = new Date("2026-11-16T00:00:00Z");
const week = Array.from({ length: 168 }, (_, index) => addHours(startAt, index));

function simulate(incidents: () => Incident[] = calm, seed = 1): Simulation {
  return makeSimulation({ seed, types: 40, startAt, liveAt, incidents });
}

function plansOf(simulation: Simulation, hours = week): HourPlan[] {
  const lanes = [...simulation.lanes.values()].flat();
  return hours.flatMap((hour) => lanes.map((lane) => planHour(simulation, lane, hour)));
}

function laneOf(simulation: Simulation, dc: string, type: string): Lane {
  return simulation.lanes.get(dc)!.find((lane) => lane.type.name === type)!;
}

const total = (plans: HourPlan[], count: (plan: HourPlan) => number) =>
  plans.reduce((sum, plan) => sum + count(plan), 0);
const landedOf = (plan: HourPlan, at: Date) =>
  countsAt(plan, at).delivered.reduce((sum, { events }) => sum + events, 0);

describe("a calm hour", () => {
  const plans = plansOf(simulate());

  it("delivers exactly what was produced", () => {
    const ever = addHours(liveAt, 100);
    for (const plan of plans) {
      const counts = countsAt(plan, ever);
      expect([counts.produced, counts.published, landedOf(plan, ever)]).toEqual(Array(3).fill(plan.produced));
    }
  });

  it("closes within an hour, later for lower tiers, and never before its events are there", () => {
    const medianDelay = (tier: string) => {
      const delays = plans
        .filter(({ lane }) => lane.type.tier === tier)
        .map(({ closesAt, hour }) => closesAt.getTime() - hourEnd(hour).getTime())
        .sort((a, b) => a - b);
      return delays[Math.floor(delays.length / 2)]! / 60_000;
    };
    for (const { hour, publishedAt, countedAt, closesAt } of plans) {
      expect(hourEnd(hour) < publishedAt && publishedAt < countedAt && countedAt < closesAt).toBe(true);
      expect(closesAt.getTime() - hourEnd(hour).getTime()).toBeLessThan(3_600_000);
    }
    expect(medianDelay("high")).toBeLessThan(7);
    expect(medianDelay("normal")).toBeGreaterThan(8);
    expect(medianDelay("low")).toBeGreaterThan(medianDelay("normal") * 1.4);
  });

  it("counts up without ever counting down, produced before published before delivered", () => {
    const [plan] = plansOf(simulate(), [addHours(startAt, 20)]);
    let before = { produced: 0, published: 0, delivered: 0 };
    for (let minute = 0; minute <= 130; minute++) {
      const at = new Date(plan!.hour.getTime() + minute * 60_000);
      const counts = countsAt(plan!, at);
      const now = { produced: counts.produced, published: counts.published, delivered: landedOf(plan!, at) };
      expect(now.produced >= now.published && now.published >= now.delivered).toBe(true);
      for (const stage of ["produced", "published", "delivered"] as const) {
        expect(now[stage]).toBeGreaterThanOrEqual(before[stage]);
      }
      before = now;
    }
    expect(before.delivered).toBe(plan!.produced);
  });

  it("is skewed by a few events of a big type, far below any tolerance", () => {
    const big = plans.filter(({ lane }) => lane.type.name === "EndSong");
    const share = total(big, ({ skewed }) => skewed) / total(big, ({ produced }) => produced);
    expect(share).toBeGreaterThan(0.000_005);
    expect(share).toBeLessThan(0.000_1);
  });
});

describe("volumes", () => {
  const simulation = simulate();
  const plans = plansOf(simulation);
  const byType = Map.groupBy(plans, ({ lane }) => lane.type.name);

  it("span more than four orders of magnitude", () => {
    const weekly = [...byType.values()].map((ofType) => total(ofType, ({ produced }) => produced));
    expect(byType.size).toBe(40);
    expect(Math.max(...weekly) / Math.min(...weekly)).toBeGreaterThan(10_000);
  });

  it("keep to each type's mean over the week", () => {
    for (const [name, ofType] of byType) {
      const perHour = total(ofType, ({ produced }) => produced) / week.length;
      const { eventsPerHour } = ofType[0]!.lane.type;
      expect(Math.abs(perHour / eventsPerHour - 1), name).toBeLessThan(0.06);
    }
  });

  it("follow each datacenter's own day: the evening is the peak of listening where the people are", () => {
    const peakHour = (dc: string) => {
      const byHour = new Array<number>(24).fill(0);
      for (const { lane, hour, produced } of byType.get("EndSong")!) {
        if (lane.dc.name === dc) byHour[hour.getUTCHours()]! += produced;
      }
      return byHour.indexOf(Math.max(...byHour));
    };
    // 19:00 in London, in Ashburn (UTC−5) and in San Jose (UTC−8), give or take an hour.
    expect(Math.abs(peakHour("lon") - 19)).toBeLessThanOrEqual(1);
    expect([23, 0, 1]).toContain(peakHour("ash"));
    expect([2, 3, 4]).toContain(peakHour("sjc"));
  });

  it("have a weekend: less is searched, more is heard", () => {
    const perDay = (type: string, days: number[]) =>
      total(
        byType.get(type)!.filter(({ hour, lane }) => lane.dc.name === "lon" && days.includes(hour.getUTCDay())),
        ({ produced }) => produced,
      ) / days.length;
    expect(perDay("SearchQuery", [0, 6]) / perDay("SearchQuery", [2, 3, 4])).toBeLessThan(0.8);
    expect(perDay("EndSong", [0, 6]) / perDay("EndSong", [2, 3, 4])).toBeGreaterThan(1.05);
  });

  it("leave some hours of the smallest types truly empty", () => {
    expect(byType.get("RefundIssued")!.some(({ produced }) => produced === 0)).toBe(true);
  });

  it("are another story with another seed, and the same with the same, hour by hour in any order", () => {
    const figures = ({ produced, skewed, closesAt }: HourPlan) => [produced, skewed, closesAt.getTime()];
    const again = simulate();
    const hours = week.slice(0, 30);
    const backwards = plansOf(again, hours.toReversed()).map(figures).map(String).sort();
    expect(backwards).toEqual(plansOf(simulation, hours).map(figures).map(String).sort());
    expect(plansOf(simulate(calm, 2), hours).map(figures).map(String).sort()).not.toEqual(backwards);
  });
});

describe("incidents that change counts", () => {
  const during = {
    id: "it",
    dc: "ash",
    fromAt: new Date("2026-11-10T20:10:00Z"),
    toAt: new Date("2026-11-10T21:20:00Z"),
  };
  const ever = addHours(liveAt, 100);
  const hours = [19, 20, 21, 22].map((hour) => parseHour(`2026-11-10T${hour}`)!);
  const planned = (incident: Incident, hour: Date, type = "EndSong") => {
    const simulation = simulate(() => [incident]);
    return planHour(simulation, laneOf(simulation, "ash", type), hour);
  };

  it("dead host: produced reports the neither published nor delivered, in the hours it died in alone", () => {
    const plans = hours.map((hour) => planned(lossyHost({ ...during, share: 0.1 }), hour));
    expect(plans.map(({ lost }) => lost > 0)).toEqual([false, true, true, false]);
    const [, plan] = plans;
    expect(plan!.lost / plan!.produced).toBeCloseTo((0.1 * 50) / 60, 2);
    expect(countsAt(plan!, ever)).toMatchObject({ produced: plan!.produced, published: plan!.produced - plan!.lost });
    expect(landedOf(plan!, ever)).toBe(plan!.produced - plan!.lost);
  });

  it("a host that loses more than a small type's hour had yet: nothing is counted below zero", () => {
    const lossy = lossyHost({ ...during, fromAt: new Date("2026-11-10T19:00:00Z"), share: 0.9 });
    const simulation = simulate(() => [lossy]);
    const least = simulation.lanes.get("ash")!.flatMap((lane) => {
      const plan = planHour(simulation, lane, hours[2]!);
      return Array.from({ length: 20 }, (_, minute) => countsAt(plan, new Date(hours[2]!.getTime() + minute * 15_000)));
    });
    const counts = least.flatMap(({ published, delivered }) => [published, ...delivered.map(({ events }) => events)]);
    expect(Math.min(...counts)).toBe(0);
  });

  it("dead host that comes back: the same events are delivered late, into the hour of their return", () => {
    const returnsAt = new Date("2026-11-11T04:30:00Z");
    const plan = planned(lossyHost({ ...during, share: 0.1, returnsAt }), hours[1]!);
    const back = plan.effects[0]!.lost;
    expect(plan.lost).toBe(0);
    expect(landedOf(plan, new Date("2026-11-11T04:29:59Z"))).toBe(plan.produced - back);
    expect(landedOf(plan, returnsAt)).toBe(plan.produced);
    expect(countsAt(plan, returnsAt).delivered).toContainEqual({
      landedHour: parseHour("2026-11-11T04"),
      events: back,
    });
  });

  it("retry storm: exactly the duplicates are published and delivered on top", () => {
    const plan = planned(retryStorm({ ...during, share: 0.03 }), hours[2]!);
    expect(plan.duplicated / plan.produced).toBeCloseTo((0.03 * 20) / 60, 3);
    expect(landedOf(plan, ever)).toBe(plan.produced + plan.duplicated);
    expect(countsAt(plan, ever).published).toBe(plan.produced + plan.duplicated);
  });

  it("silent clients: a share is never produced, and what is arrives whole", () => {
    const plan = planned(silentClients({ ...during, share: 0.6 }), hours[1]!);
    const missing = plan.effects.reduce((sum, effect) => sum + effect.missing, 0);
    expect(missing / (plan.produced + missing)).toBeCloseTo((0.6 * 50) / 60, 2);
    expect(landedOf(plan, ever)).toBe(plan.produced);
    expect(plan.lost + plan.duplicated).toBe(0);
  });

  it("skewed clocks: nothing is lost, some of it lands in the next hour", () => {
    const plan = planned(skewedClocks({ ...during, share: 0.02 }), hours[1]!);
    const counts = countsAt(plan, ever);
    expect(landedOf(plan, ever)).toBe(plan.produced);
    expect(counts.delivered[1]).toEqual({ landedHour: hours[2], events: plan.skewed });
    expect(plan.skewed / plan.produced).toBeCloseTo((0.02 * 50) / 60, 2);
  });

  it("touch no other datacenter and no type out of their scope", () => {
    const simulation = simulate(() => [lossyHost({ ...during, share: 0.5, eventTypes: ["AdClick"] })]);
    for (const plan of plansOf(simulation, hours)) {
      const inScope = plan.lane.dc.name === "ash" && plan.lane.type.name === "AdClick";
      expect(plan.lost > 0).toBe(inScope && [20, 21].includes(plan.hour.getUTCHours()));
    }
  });
});

describe("a dead host", () => {
  const hour = addHours(startAt, 60);
  const died = new Date(hour.getTime() + 20 * 60_000);
  const simulation = simulate(() => [deadHost({ id: "dead", dc: "lon", fromAt: died, toAt: addHours(died, 3) })]);
  const plan = (type: string, at = hour) => planHour(simulation, laneOf(simulation, "lon", type), at);

  it("takes a third of the traffic of what hosts count, and nothing of the rest", () => {
    const healthy = planHour(simulate(), laneOf(simulate(), "lon", "PaymentCaptured"), hour);
    const { accepted, produced, delivered, effects } = plan("PaymentCaptured");
    expect(accepted).toBe(healthy.produced);
    expect(effects).toMatchObject([{ uncounted: accepted - produced, lost: 0 }]);
    expect((accepted - produced) / accepted).toBeCloseTo(2 / 9, 1);
    expect(delivered).toBe(produced);
    expect(plan("EndSong").produced).toBe(plan("EndSong").accepted);
  });

  it("stands still while the others count on, and counts again once it is replaced", () => {
    const dead = hosts.indexOf("payments-host-2");
    const counted = (at: Date, ofHour = hour) => countsAt(plan("PaymentCaptured", ofHour), at).byHost!;
    const [atDeath, later] = [counted(died), counted(new Date(died.getTime() + 1_800_000))];
    expect(later[dead]).toBe(atDeath[dead]);
    for (const host of [0, 2]) expect(later[host]!).toBeGreaterThan(atDeath[host]!);
    expect(counted(addHours(died, 2), addHours(hour, 1))[dead]).toBe(0);
    expect(counted(addHours(died, 5), addHours(hour, 4))[dead]).toBeGreaterThan(0);
  });
});

describe("a type whose silence is no zero", () => {
  it("is reported with zero when an hour passed without an event, and not before", () => {
    const simulation = simulate();
    const empty = plansOf(simulation).filter(
      ({ lane, produced }) => lane.type.name === "AccountDeleted" && produced === 0,
    );
    expect(empty.length).toBeGreaterThan(0);
    const [plan] = empty;
    const reports = (at: Date) =>
      ["event-service-1", "event-service-2"].flatMap((each) => reportsOf(plan!, countsAt(plan!, at), each));
    expect(reports(new Date(hourEnd(plan!.hour).getTime() - 1))).toEqual([]);
    expect(reports(hourEnd(plan!.hour))).toMatchObject([{ eventType: "AccountDeleted", events: 0 }]);
  });
});

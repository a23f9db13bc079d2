import { beforeAll, describe, expect, it } from "vitest";
import { parseHour } from "#domain/hour.ts";
import { parseEvent } from "#domain/protocol.ts";
import { demoIncidents } from "./demo-script.ts";
import { groundTruth } from "./ground-truth.ts";
import { historyMessages } from "./history.ts";
import { isThrottle } from "./incidents.ts";
import { snapshotMessages } from "./live.ts";
import type { CloudEvent, ReportData } from "./messages.ts";
import { feltUntil } from "./moving-hours.ts";
import { makeSimulation, type Simulation } from "./simulation.ts";

const liveAt = new Date("2026-11-22T13:42:10Z");
const startAt = parseHour("2026-11-08T13")!;
const simulate = (seed = 1) => makeSimulation({ seed, types: 40, startAt, liveAt, incidents: demoIncidents });

interface Told {
  reports: ReportData[];
  marks: { eventType: string; watermark: string }[];
}
const told = ({ data }: CloudEvent) => data as unknown as Partial<Told>;

let simulation: Simulation;
let messages: CloudEvent[];
beforeAll(() => {
  simulation = simulate();
  messages = [...historyMessages(simulation, startAt, liveAt), ...snapshotMessages(simulation, null, liveAt)];
}, 60_000);

describe("two weeks of history", () => {
  it("are few and large messages", () => {
    expect(messages.length).toBeGreaterThan(30_000);
    expect(messages.length).toBeLessThan(60_000);
    expect(Math.max(...messages.map((message) => JSON.stringify(message).length))).toBeLessThan(64 * 1024);
  });

  it("are understood by the product, each and every one", () => {
    for (const message of messages) {
      const parsed = parseEvent(JSON.parse(JSON.stringify(message)), liveAt);
      if (!parsed.ok) expect.fail(`${JSON.stringify(parsed.faults)} in ${JSON.stringify(message)}`);
    }
  });

  it("are sent in the order of time, none of it from the future", () => {
    for (const [index, { time }] of messages.entries()) {
      expect(index === 0 || time >= messages[index - 1]!.time).toBe(true);
    }
    expect(messages.at(-1)!.time).toBe(liveAt.toISOString());
  });

  it("name every message once", () => {
    expect(new Set(messages.map(({ source, id }) => `${source} ${id}`)).size).toBe(messages.length);
  });

  it("are the same with the same seed, and others with another", () => {
    const few = (seed: number) => {
      const [fromAt, toAt] = [new Date("2026-11-12T00:00:00Z"), new Date("2026-11-12T12:00:00Z")];
      return JSON.stringify([...historyMessages(simulate(seed), fromAt, toAt)]);
    };
    expect(few(1)).toBe(few(1));
    expect(few(2)).not.toBe(few(1));
  });

  it("are the same sent in pieces: a piece needs nothing of the one before", () => {
    const cuts = [
      "2026-11-18T00:00:00Z",
      "2026-11-19T05:10:00Z",
      "2026-11-19T06:25:00Z",
      "2026-11-20T09:30:00Z",
      "2026-11-21T00:00:00Z",
    ];
    const instants = cuts.map((cut) => new Date(cut));
    const pieces = instants.slice(1).flatMap((toAt, index) => [...historyMessages(simulation, instants[index]!, toAt)]);
    const whole = [...historyMessages(simulation, instants[0]!, instants.at(-1)!)];
    expect(pieces.map(({ source, id }) => source + id)).toEqual(whole.map(({ source, id }) => source + id));
    expect(pieces).toEqual(whole);
  });

  it("count an hour's events before the watermark that closes it", () => {
    const counted = new Set<string>();
    for (const message of messages) {
      const { dc, stage } = message.data;
      if (stage === "delivered")
        for (const { eventType, hour } of told(message).reports ?? []) counted.add(`${dc} ${eventType} ${hour}`);
      // A busy type is never silent for an hour: what is closed and was not counted would look lost.
      for (const { eventType, watermark } of told(message).marks ?? []) {
        const closes = new Date(Date.parse(watermark) - 3_600_000).toISOString().slice(0, 13);
        if (eventType === "EndSong" && watermark.endsWith(":00:00.000Z") && closes >= "2026-11-08T13") {
          expect(counted, `${dc} ${closes}`).toContain(`${dc} ${eventType} ${closes}`);
        }
      }
    }
  });
});

describe("sums over the whole history", () => {
  const sums = () => {
    const events = new Map<string, number>();
    for (const message of messages) {
      const { dc, stage, reporter } = message.data as { dc: string; stage: string; reporter: string };
      for (const report of told(message).reports ?? []) {
        const key = [stage, dc, report.eventType, report.hour, report.landedHour ?? report.hour, reporter].join(" ");
        events.set(key, Math.max(events.get(key) ?? 0, report.events));
      }
    }
    const byHour = new Map<string, { produced: number; delivered: number }>();
    for (const [key, count] of events) {
      const [stage, dc, eventType, hour] = key.split(" ");
      const sum = byHour.get(`${dc} ${eventType} ${hour}`) ?? { produced: 0, delivered: 0 };
      if (stage === "produced" || stage === "delivered") sum[stage] += count;
      byHour.set(`${dc} ${eventType} ${hour}`, sum);
    }
    return byHour;
  };

  it("differ from what was produced exactly where and by how much the ground truth says", () => {
    const expected = new Map<string, number>();
    for (const { cause, hours, returnsAt } of groundTruth(simulation)) {
      if (returnsAt && new Date(returnsAt) <= liveAt) continue;
      for (const { eventType, hour, lost, duplicated } of hours) {
        if (lost + duplicated > 0) expected.set(`${cause.dc} ${eventType} ${hour}`, duplicated - lost);
      }
    }
    const found = new Map<string, number>();
    // The last hours are still being delivered.
    for (const [key, { produced, delivered }] of sums()) {
      if (key.slice(-13) < "2026-11-22T11" && delivered !== produced) found.set(key, delivered - produced);
    }
    expect(found.size).toBeGreaterThan(8);
    expect(new Map([...found].sort())).toEqual(
      new Map([...expected].filter(([key]) => key.slice(-13) < "2026-11-22T11").sort()),
    );
  });
});

describe("each incident's signature", () => {
  const incident = (id: string) => simulation.incidents.find((each) => each.id === id)!;
  const during = (id: string, kind: string) => {
    const { dc, fromAt, toAt } = incident(id);
    return messages.filter(
      ({ type, time, data }) =>
        type === `tidemark.${kind}.v1` && data.dc === dc && time >= fromAt.toISOString() && time < toAt.toISOString(),
    );
  };
  const truth = (id: string) => groundTruth(simulation).find((each) => each.id === id)!;

  it("silent datacenter: no message at all in its window, and everything sent afterwards", () => {
    const { dc, fromAt, toAt } = incident("gcp-eu-silent");
    const heard = messages.filter(
      ({ source, data, time }) =>
        (source.startsWith(`/${dc}/`) || data.dc === dc) && time >= fromAt.toISOString() && time < toAt.toISOString(),
    );
    expect(heard).toEqual([]);
    const after = messages.filter(
      ({ data, time }) => data.dc === dc && data.stage === "produced" && time === toAt.toISOString(),
    );
    expect(after.length).toBeGreaterThan(2);
  });

  it("network cut: produced goes on, published and watermarks stand still, buffers grow", () => {
    const stages = new Set(during("sto-cut", "counters").map(({ data }) => data.stage));
    expect([...stages]).toEqual(["produced"]);
    expect(during("sto-cut", "watermark")).toEqual([]);
    const ages = during("sto-cut", "backlog")
      .filter(({ data }) => data.eventType === "EndSong" && data.stage === "published")
      .map(({ data }) => data.oldestAgeSeconds as number);
    expect(ages.length).toBeGreaterThan(3);
    expect(ages).toEqual(ages.toSorted((a, b) => a - b));
    expect(ages.at(-1)).toBeGreaterThan(3_600);
  });

  it("stalled exporter: published goes on and its heartbeat too, nothing is delivered and no watermark moves", () => {
    const stages = new Set(during("lon-exporter-stall", "counters").map(({ data }) => data.stage));
    expect(stages).toEqual(new Set(["produced", "published"]));
    expect(during("lon-exporter-stall", "watermark")).toEqual([]);
    const delays = truth("lon-exporter-stall").hours.map(({ delaySeconds }) => delaySeconds);
    expect(Math.max(...delays)).toBeGreaterThan(2 * 3_600);
  });

  it("bad deployment: said when it starts and when it is rolled back, and hours close later in between", () => {
    const { dc, cause, fromAt, toAt } = incident("ash-bad-exporter");
    const said = messages.filter(
      ({ type, data }) => type === "tidemark.deployment.v1" && data.dc === dc && data.component === "exporter",
    );
    const versions = said
      .filter(({ time }) => time >= fromAt.toISOString() && time <= toAt.toISOString())
      .map(({ data }) => data.version);
    expect(versions).toEqual([cause.version, cause.version!.replace(/1$/, "0")]);
    const delays = truth("ash-bad-exporter").hours.map(({ delaySeconds }) => delaySeconds);
    expect(Math.max(...delays)).toBeGreaterThan(3_600);
  });

  it("queue backlog: gauges before delivery rise, and fall when it is over", () => {
    const { fromAt, dc } = incident("gcp-eu-backlog");
    const until = feltUntil(simulation.incidents.filter(isThrottle).find(({ id }) => id === "gcp-eu-backlog")!);
    const ages = messages
      .filter(
        ({ type, data, time }) =>
          type === "tidemark.backlog.v1" &&
          data.dc === dc &&
          data.eventType === "EndSong" &&
          time >= fromAt.toISOString() &&
          time <= until.toISOString(),
      )
      .map(({ data }) => [data.stage, data.oldestAgeSeconds] as [string, number]);
    expect(new Set(ages.map(([stage]) => stage))).toEqual(new Set(["delivered"]));
    expect(Math.max(...ages.map(([, age]) => age))).toBeGreaterThan(2 * 3_600);
    expect(ages.at(-1)![1]).toBeLessThan(900);
  });

  it("skewed clocks: more lands in the next hour than on any calm day, and nothing is lost", () => {
    const skewed = truth("lon-skewed-clocks").hours.filter(({ eventType }) => eventType === "AppOpened");
    expect(skewed.length).toBeGreaterThanOrEqual(2);
    for (const { lost, duplicated, skewed: count } of skewed)
      expect([lost, duplicated, count > 0]).toEqual([0, 0, true]);
  });

  it("dead host: its counts end, all totals balance, and what it took is in no one's count", () => {
    const { dc, cause, fromAt, toAt } = incident("lon-dead-payments-host");
    const own = messages.filter(
      ({ type, source }) => type === "tidemark.counters.v1" && source === `/${dc}/${cause.instance}`,
    );
    const silent = own.filter(({ time }) => time > fromAt.toISOString() && time < toAt.toISOString());
    expect(silent).toEqual([]);
    // Its last words, and its first after it was replaced: of the hours between it never says a thing.
    const hours = new Set(own.flatMap((message) => told(message).reports?.map(({ hour }) => hour) ?? []));
    const { hours: lost } = truth("lon-dead-payments-host");
    const between = lost
      .map(({ hour }) => hour)
      .filter((hour) => hour > fromAt.toISOString() && `${hour}:59` < toAt.toISOString());
    expect(between.length).toBeGreaterThanOrEqual(4);
    for (const hour of between) expect(hours).not.toContain(hour);
    expect(new Set(lost.map(({ eventType }) => eventType))).toEqual(
      new Set(["PaymentCaptured", "SubscriptionStarted"]),
    );
    for (const { uncounted, lost: missed, duplicated } of lost)
      expect([uncounted > 0, missed, duplicated]).toEqual([true, 0, 0]);
  });

  it("lossy host: it sends no heartbeat and no counts while it is away, and starts again afterwards", () => {
    const { cause } = incident("sto-dead-host");
    const dead = during("sto-dead-host", "counters").filter(({ source }) => source === `/sto/${cause.instance}`);
    expect(dead).toEqual([]);
    const after = messages.findLast(
      ({ type, source }) => type === "tidemark.heartbeat.v1" && source === `/sto/${cause.instance}`,
    )!;
    expect(Date.parse(after.data.startedAt as string)).toBeGreaterThanOrEqual(incident("sto-dead-host").toAt.getTime());
  });
});

describe("the end of history", () => {
  it("finds San Jose cut for about an hour, and everybody else calm", () => {
    const lags = new Map<string, number>();
    for (const message of messages.slice(-300)) {
      for (const { watermark } of told(message).marks ?? []) {
        const lag = (liveAt.getTime() - Date.parse(watermark)) / 60_000;
        const dc = message.data.dc as string;
        if (message.id.includes("/now/")) lags.set(dc, Math.max(lags.get(dc) ?? 0, lag));
      }
    }
    expect(lags.get("sjc")).toBeGreaterThan(58);
    for (const dc of ["lon", "ash", "sto", "gcp-eu"]) expect(lags.get(dc), dc).toBeLessThan(50);
  });

  it("leaves most types untouched by anything that lasts", () => {
    const scarred = new Set(
      groundTruth(simulation).flatMap(({ hours, returnsAt }) =>
        returnsAt
          ? []
          : hours.filter(({ lost, duplicated }) => lost + duplicated > 0).map(({ eventType }) => eventType),
      ),
    );
    expect(scarred.size).toBeGreaterThan(3);
    expect(scarred.size).toBeLessThan(12);
  });

  it("is reached through eight to twelve incidents, whatever they are, with every kind among them", () => {
    const past = simulation.incidents.filter(({ fromAt }) => fromAt < liveAt);
    expect(past.length).toBeGreaterThanOrEqual(8);
    expect(past.length).toBeLessThanOrEqual(12);
    expect(new Set(past.map(({ kind }) => kind)).size).toBe(9);
  });
});

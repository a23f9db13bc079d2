import { describe, expect, it } from "vitest";
import { parseHour } from "#domain/hour.ts";
import { parseEvent } from "#domain/protocol.ts";
import { demoIncidents } from "./demo-script.ts";
import { historyMessages } from "./history.ts";
import { deadHost, lossyHost, networkCut, silentDatacenter, stalledExporter } from "./incidents.ts";
import { pastMessages, snapshotMessages } from "./live.ts";
import type { CloudEvent, ReportData } from "./messages.ts";
import { makeSimulation, type Simulation, type SimulationTerms } from "./simulation.ts";

const startAt = parseHour("2026-11-20T00")!;
const liveAt = new Date("2026-11-20T06:00:00Z");
const endAt = new Date("2026-11-20T16:00:00Z");
const at = (time: string) => new Date(`2026-11-20T${time}:00Z`);

function simulate(incidents: SimulationTerms["incidents"], types = 6): Simulation {
  return makeSimulation({ seed: 5, types, startAt, liveAt, incidents });
}

function* inSteps(simulation: Simulation, fromAt: Date, toAt: Date, stepMs: number): Generator<CloudEvent> {
  for (let ms = fromAt.getTime() + stepMs; ms <= toAt.getTime(); ms += stepMs) {
    yield* pastMessages(simulation, new Date(ms - stepMs), new Date(ms));
    yield* snapshotMessages(simulation, new Date(ms - stepMs), new Date(ms));
  }
}

/** As the product merges: the largest count of each key, the first instant at which each hour is closed. */
function merged(messages: Iterable<CloudEvent>) {
  const counts = new Map<string, number>();
  const closings = new Map<string, number>();
  for (const { data, time } of messages) {
    const { dc, stage, reporter, reports, marks } = data as Record<string, string> & {
      reports?: ReportData[];
      marks?: { eventType: string; watermark: string }[];
    };
    for (const report of reports ?? []) {
      const key = [dc, stage, reporter, report.eventType, report.hour, report.landedHour].join(" ");
      counts.set(key, Math.max(counts.get(key) ?? 0, report.events));
    }
    for (const { eventType, watermark } of marks ?? []) {
      for (let end = startAt.getTime() + 3_600_000; end <= Date.parse(watermark); end += 3_600_000) {
        const key = `${dc} ${eventType} ${new Date(end).toISOString()}`;
        closings.set(key, Math.min(closings.get(key) ?? Number.POSITIVE_INFINITY, Date.parse(time)));
      }
    }
  }
  return { counts: new Map([...counts].sort()), closings: new Map([...closings].sort()) };
}

const eventful: SimulationTerms["incidents"] = () => [
  networkCut({ id: "cut", dc: "sjc", fromAt: at("06:30"), toAt: at("08:00") }),
  silentDatacenter({ id: "silent", dc: "sto", fromAt: at("06:50"), toAt: at("09:20") }),
  stalledExporter({ id: "stall", dc: "lon", fromAt: at("07:10"), toAt: at("08:30") }),
  lossyHost({ id: "lossy", dc: "ash", fromAt: at("06:20"), toAt: at("06:40"), share: 0.2, returnsAt: at("11:30") }),
  deadHost({ id: "host", dc: "lon", fromAt: at("09:20"), toAt: at("12:50") }),
];

describe("the live part", () => {
  const simulation = simulate(eventful);
  const before = [...historyMessages(simulation, startAt, liveAt), ...snapshotMessages(simulation, null, liveAt)];
  const history = merged([
    ...historyMessages(simulation, startAt, endAt),
    ...snapshotMessages(simulation, null, endAt),
  ]);

  it.each([
    ["every half minute", 30_000, 60],
    ["every ten minutes, as in a fast drill", 600_000, 60],
  ])("sent %s gives in the end what history gives", (_, stepMs, toleranceSeconds) => {
    const live = merged([...before, ...inSteps(simulation, liveAt, endAt, stepMs)]);
    expect(live.counts).toEqual(history.counts);
    expect([...live.closings.keys()]).toEqual([...history.closings.keys()]);
    for (const [key, ms] of history.closings) {
      expect(Math.abs(live.closings.get(key)! - ms), key).toBeLessThanOrEqual(toleranceSeconds * 1000);
    }
  });

  it("is understood by the product", () => {
    const messages = [...inSteps(simulation, at("06:25"), at("06:55"), 10_000)];
    expect(messages.length).toBeGreaterThan(100);
    for (const message of messages) {
      expect(parseEvent(JSON.parse(JSON.stringify(message)), new Date(message.time))).toMatchObject({ ok: true });
    }
  });

  it("hears nothing of a silent datacenter", () => {
    const heard = [...inSteps(simulation, at("06:50"), at("07:30"), 10_000)].filter(({ source }) =>
      source.startsWith("/sto/"),
    );
    expect(heard).toEqual([]);
  });

  it("keeps saying a stalled exporter's watermark, which stands still while it beats", () => {
    const said = [...inSteps(simulation, at("07:20"), at("07:40"), 10_000)].filter(
      ({ source }) => source === "/lon/exporter-1",
    );
    const marks = said.filter(({ type }) => type === "tidemark.watermark.v1").map(({ data }) => JSON.stringify(data));
    expect(marks.length).toBe(120);
    expect(new Set(marks).size).toBe(1);
    expect(said.filter(({ type }) => type === "tidemark.heartbeat.v1").length).toBe(40);
    expect(said.filter(({ type }) => type === "tidemark.counters.v1")).toEqual([]);
  });

  it("has something go wrong some minutes after its start", () => {
    const demo = simulate(demoIncidents, 40);
    const soon = demo.incidents.filter(({ fromAt }) => fromAt > liveAt && fromAt < at("06:30"));
    expect(soon).toMatchObject([{ kind: "bad-deployment", dc: "lon" }]);
    const [deployed] = [...inSteps(demo, liveAt, at("06:10"), 10_000)].filter(
      ({ type }) => type === "tidemark.deployment.v1",
    );
    expect(deployed?.data.version).toBe(soon[0]?.cause.version);
  });
});

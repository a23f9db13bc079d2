import { describe, expect, it } from "vitest";
import { addHours, hourEnd, hourOf, parseHour } from "#domain/hour.ts";
import { demoIncidents } from "./demo-script.ts";
import { planHour } from "./hour-plan.ts";
import { makeSimulation } from "./simulation.ts";

const startAt = parseHour("2026-11-08T00") as Date;
const minutes = Array.from({ length: 12 }, (_, at) => at * 5);

describe("the demo's main incident", () => {
  it.each(minutes)("started at minute %d, makes the running hour of payments miss its deadline of 60 min", (minute) => {
    const liveAt = new Date(addHours(startAt, 14 * 24 + 13).getTime() + minute * 60_000);
    const simulation = makeSimulation({ seed: 1, types: 40, startAt, liveAt, incidents: demoIncidents });
    const running = hourOf(liveAt);
    const deadlineMs = addHours(hourEnd(running), 1).getTime();
    const lanes = [...simulation.lanes.values()].flat().filter(({ type }) => type.name === "PaymentCaptured");
    const late = lanes.filter((lane) => planHour(simulation, lane, running).closesAt.getTime() > deadlineMs);
    expect(late.map(({ dc }) => dc.name)).toContain("sjc");
    // It is held up when the demo starts, and for some time after the deadline's half.
    const [cut] = simulation.incidents.filter(({ id }) => id === "sjc-cut");
    expect(cut?.toAt.getTime()).toBeGreaterThan(liveAt.getTime() + 60 * 60_000);
  });
});

import { describe, expect, it } from "vitest";
import { defaultRules } from "#domain/alert.ts";
import { parseDuration } from "#domain/duration.ts";
import { askNow, fitModel, forecastHour, seeNow } from "#domain/forecast.ts";
import { addHours, hourEnd, hourOf, parseHour } from "#domain/hour.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { ReplayedFacts } from "#test/replayed-facts.ts";
import { demoIncidents } from "./demo-script.ts";
import { planHour } from "./hour-plan.ts";
import { pastMessages, snapshotMessages } from "./live.ts";
import { makeSimulation, type Simulation } from "./simulation.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startAt = parseHour("2026-11-08T00") as Date;
const historyHours = 14 * 24 + 13;
/** EndSong, AdImpression, PlaylistEdit, PaymentCaptured. */
const types = 4;
const tierDeadlines = { high: 2 * hourMs, normal: 24 * hourMs, low: 72 * hourMs };
const rule = defaultRules.find(({ name }) => name === "deadline-at-risk-high");

describe("deadline-at-risk-high in the demo's main incident, by the product's own forecast", () => {
  it.each([20, 50])(
    "started at minute %d, foresees the deadline that payments then miss",
    { timeout: 120_000 },
    (minute) => {
      const liveAt = new Date(addHours(startAt, historyHours).getTime() + minute * minuteMs);
      const simulation = makeSimulation({ seed: 1, types, startAt, liveAt, incidents: demoIncidents });
      const running = hourOf(liveAt);
      const deadlineMs = addHours(hourEnd(running), 1).getTime();
      const looks = every(minuteMs, liveAt.getTime(), deadlineMs);
      const replay = new ReplayedFacts(fleetOf(simulation, deadlineMs), newsOf(simulation, liveAt, deadlineMs));
      // The demo imports its history at once: the model has its closings, and nothing of how it looked from within.
      replay.facts(liveAt.getTime());
      const fitted = fitModel({
        closings: replay.closings(startAt.getTime(), running.getTime()),
        samples: [],
        nowMs: liveAt.getTime(),
      });
      if (!fitted) throw new Error("Nothing was learned.");
      const above = looks.filter((atMs) => {
        const facts = replay.facts(atMs);
        const asked = askNow(facts, seeNow(facts), fitted.model).find(
          ({ eventType, endMs }) => eventType === "PaymentCaptured" && endMs === hourEnd(running).getTime(),
        );
        // Until the hour has ended the rule does not evaluate it.
        if (!asked || atMs < asked.endMs) return false;
        return forecastHour(fitted.model, asked).breachProbability > (rule?.spec.threshold?.value ?? 1);
      });
      const forMinutes = (rule?.spec.forSeconds ?? 0) / 60;
      const held = above.find((atMs, at) => above[at + forMinutes] === atMs + forMinutes * minuteMs);
      const lead = (deadlineMs - (held ?? deadlineMs)) / minuteMs - forMinutes;
      // Without a page the lead is negative.
      expect(lead).toBeGreaterThan(30);
      const lane = simulation.lanes.get("sjc")?.find(({ type }) => type.name === "PaymentCaptured");
      expect(lane && planHour(simulation, lane, running).closesAt.getTime()).toBeGreaterThan(deadlineMs);
    },
  );
});

function fleetOf({ fleet, lanes, startAt: from }: Simulation, toMs: number) {
  const terms = fleet.eventTypes.map(({ name, tier, deadline }) => ({
    eventType: name,
    tier,
    deadlineMs: deadline ? (parseDuration(deadline) ?? 0) * 1000 : tierDeadlines[tier],
    datacenters: fleet.datacenters
      .map((dc) => dc.name)
      .filter((dc) => lanes.get(dc)?.some((lane) => lane.type.name === name)),
  }));
  return { types: terms, fromMs: from.getTime(), toMs: Math.ceil(toMs / hourMs) * hourMs };
}

/** Hour by hour in the past, minute by minute once it is live. */
function newsOf(simulation: Simulation, liveAt: Date, untilMs: number): Message[] {
  const instants = [
    ...every(hourMs, startAt.getTime() + hourMs, liveAt.getTime()),
    ...every(minuteMs, liveAt.getTime(), untilMs),
  ];
  const found: Message[] = [];
  let from = startAt;
  for (const ms of instants) {
    const to = new Date(ms);
    for (const messages of [pastMessages(simulation, from, to), snapshotMessages(simulation, from, to)]) {
      for (const event of messages) {
        const parsed = parseEvent(event, to);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
        found.push(parsed.message);
      }
    }
    from = to;
  }
  return found.sort((a, b) => a.time.getTime() - b.time.getTime());
}

function every(stepMs: number, fromMs: number, toMs: number): number[] {
  return Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, at) => fromMs + at * stepMs);
}

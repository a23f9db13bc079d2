import { addHours, hourOf } from "#domain/hour.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { historyMessages } from "#simulator/history.ts";
import { countsAt, type HourPlan, planHour } from "#simulator/hour-plan.ts";
import {
  badDeployment,
  type Incident,
  networkCut,
  queueBacklog,
  silentDatacenter,
  stalledExporter,
} from "#simulator/incidents.ts";
import { type CloudEvent, countersMessage, watermarkMessage } from "#simulator/messages.ts";
import { randomOf } from "#simulator/random.ts";
import { canSpeakAt } from "#simulator/reachability.ts";
import { reporters, reportsOf } from "#simulator/reporters.ts";
import { type Lane, makeSimulation, type Simulation } from "#simulator/simulation.ts";
import { watermarkAt } from "#simulator/travel.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const longestHours = 8;

export interface FleetTerms {
  seed: number;
  types: number;
  fromMs: number;
  toMs: number;
}

/** A simulated fleet in which something slows a datacenter down about once a day, for 20 minutes to four hours. */
export function troubledFleet({ seed, types, fromMs, toMs }: FleetTerms): Simulation {
  const random = randomOf(seed, "trouble");
  return makeSimulation({
    seed,
    types,
    startAt: new Date(fromMs),
    liveAt: new Date(toMs),
    incidents: (fleet) => {
      const incidents: Incident[] = [];
      for (let atMs = fromMs + 6 * hourMs; atMs < toMs - 8 * hourMs; atMs += (8 + 32 * random()) * hourMs) {
        const fromAt = new Date(Math.floor(atMs / minuteMs) * minuteMs);
        const minutes = Math.round(20 + 220 * random() ** 1.5);
        const { name: dc } = fleet.datacenters[Math.floor(random() * fleet.datacenters.length)] ?? { name: "lon" };
        const terms = {
          id: `trouble-${incidents.length}`,
          dc,
          fromAt,
          toAt: new Date(fromAt.getTime() + minutes * minuteMs),
        };
        const kinds = [
          () => stalledExporter(terms),
          () => networkCut(terms),
          () => silentDatacenter(terms),
          () => queueBacklog(terms),
          () => badDeployment({ ...terms, version: "3.9.1" }),
        ];
        incidents.push((kinds[Math.floor(random() * kinds.length)] as () => Incident)());
      }
      return incidents;
    },
  });
}

/** The fleet's reports in order of time: closings and counts as they come, and at each given instant the current progress. */
export function fleetNews(simulation: Simulation, toMs: number, instants: readonly number[]): Message[] {
  const events: CloudEvent[] = [];
  const from = addHours(simulation.startAt, -1);
  for (const event of historyMessages(simulation, from, new Date(toMs))) {
    if (event.type === "tidemark.counters.v1" || event.type === "tidemark.watermark.v1") events.push(event);
  }
  const plans = new Map<string, HourPlan>();
  const planOf = (lane: Lane, hour: Date): HourPlan => {
    const key = `${lane.type.name} ${lane.dc.name} ${hour.getTime()}`;
    const plan = plans.get(key) ?? planHour(simulation, lane, hour);
    plans.set(key, plan);
    return plan;
  };
  for (const instantMs of instants) events.push(...newsAt(simulation, planOf, new Date(instantMs)));
  return events.map(parsed).sort((a, b) => a.time.getTime() - b.time.getTime());
}

function* newsAt(
  simulation: Simulation,
  planOf: (lane: Lane, hour: Date) => HourPlan,
  at: Date,
): Generator<CloudEvent> {
  const { incidents } = simulation;
  for (const [dc, lanes] of simulation.lanes) {
    if (!canSpeakAt(incidents, dc, null, at)) continue;
    const open: HourPlan[] = [];
    for (let back = 0; back <= longestHours; back++) {
      const hour = addHours(hourOf(at), -back);
      if (hour < simulation.startAt) break;
      open.push(...lanes.map((lane) => planOf(lane, hour)).filter(({ closesAt }) => closesAt > at));
    }
    for (const { instance, stage } of reporters) {
      if (stage === "published" || !canSpeakAt(incidents, dc, instance, at)) continue;
      const reports = open.flatMap((plan) => reportsOf(plan, countsAt(plan, at), instance));
      if (reports.length > 0) yield countersMessage({ dc, instance, at, stage, about: "now", reports });
    }
    const marks = lanes.map((lane) => ({ eventType: lane.type.name, watermark: watermarkAt(simulation, lane, at) }));
    yield watermarkMessage({ dc, instance: "exporter-1", at, about: "now", marks });
  }
}

function parsed(event: CloudEvent): Message {
  const result = parseEvent(event, new Date(Date.parse(event.time) + hourMs));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.message;
}

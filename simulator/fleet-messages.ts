import { addHours } from "#domain/hour.ts";
import { backlogOf, waitsBefore } from "./backlog.ts";
import { isThrottle } from "./incidents.ts";
import { type CloudEvent, deploymentMessage, heartbeatMessage, type Timed } from "./messages.ts";
import { feltUntil } from "./moving-hours.ts";
import { canSpeakAt, saidAt } from "./reachability.ts";
import { instances, releasesIn, runningAt } from "./releases.ts";
import type { Simulation } from "./simulation.ts";

const heartbeatEveryMs = 6 * 3_600_000;
const gaugeEveryMs = 20 * 60_000;
const longestSilenceHours = 24;

/** Heartbeats, and gauges during trouble, in (fromAt, toAt], as sparse as history allows. */
export function* sparseBeats(simulation: Simulation, fromAt: Date, toAt: Date): Generator<Timed> {
  for (const at of beats(fromAt, toAt, heartbeatEveryMs)) {
    for (const message of heartbeats(simulation, at)) yield { at, message };
  }
  for (const at of beats(fromAt, toAt, gaugeEveryMs)) {
    for (const message of gaugesInTrouble(simulation, at)) yield { at, message };
  }
}

/** Deployments reported in (fromAt, toAt]: a silent datacenter reports its own once it is reachable, with the time at which they were. */
export function* deployments({ fleet, incidents }: Simulation, fromAt: Date, toAt: Date): Generator<Timed> {
  for (const { deployedAt, ...release } of releasesIn(fleet, incidents, addHours(fromAt, -longestSilenceHours), toAt)) {
    const at = saidAt(incidents, release.dc, null, deployedAt);
    if (at <= fromAt || at > toAt) continue;
    yield { at, message: deploymentMessage({ ...release, instance: "deployer", at: deployedAt }) };
  }
}

/** From every reachable instance. */
export function* heartbeats({ fleet, incidents }: Simulation, at: Date): Generator<CloudEvent> {
  for (const { name: dc } of fleet.datacenters) {
    for (const { component, instance } of instances) {
      if (!canSpeakAt(incidents, dc, instance, at)) continue;
      const running = runningAt(fleet, incidents, { dc, component, instance, at });
      yield heartbeatMessage({ dc, component, instance, at, ...running });
    }
  }
}

/** The gauges of the types that a throttle delays, or delayed until recently. */
export function* gaugesInTrouble(simulation: Simulation, at: Date): Generator<CloudEvent> {
  for (const incident of simulation.incidents.filter(isThrottle)) {
    if (at < incident.fromAt || at > feltUntil(incident) || !canSpeakAt(simulation.incidents, incident.dc, null, at))
      continue;
    for (const lane of simulation.lanes.get(incident.dc) ?? []) {
      if (incident.eventTypes && !incident.eventTypes.includes(lane.type.name)) continue;
      yield backlogOf(simulation, lane, waitsBefore(incident), at);
    }
  }
}

function beats(fromAt: Date, toAt: Date, everyMs: number): Date[] {
  const found: Date[] = [];
  for (let ms = (Math.floor(fromAt.getTime() / everyMs) + 1) * everyMs; ms <= toAt.getTime(); ms += everyMs) {
    found.push(new Date(ms));
  }
  return found;
}

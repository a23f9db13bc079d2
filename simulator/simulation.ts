import { type Hour, hourOf } from "#domain/hour.ts";
import type { EventTypeModel } from "./event-types.ts";
import { type DatacenterModel, datacentersOf, type Fleet, makeFleet, shareAt } from "./fleet.ts";
import { type Incident, isThrottle, type Miscount, type Throttle } from "./incidents.ts";

/** One (event type, datacenter) of the fleet, with everything its hours share. */
export interface Lane {
  type: EventTypeModel;
  dc: DatacenterModel;
  share: number;
  /** What slows its events before the queue, and before the partition (including the former), by start. */
  beforeQueue: readonly Throttle[];
  beforePartition: readonly Throttle[];
  miscounts: readonly Miscount[];
}

/** A fleet with its history and incidents: every message follows from this and an instant. */
export interface Simulation {
  fleet: Fleet;
  /** The first hour. */
  startAt: Hour;
  /** Where history ends and the live part starts. */
  liveAt: Date;
  incidents: readonly Incident[];
  /** By datacenter. */
  lanes: ReadonlyMap<string, readonly Lane[]>;
}

export interface SimulationTerms {
  seed: number;
  types: number;
  startAt: Date;
  liveAt: Date;
  incidents: (fleet: Fleet, startAt: Hour, liveAt: Date) => Incident[];
}

export function makeSimulation({ seed, types, ...terms }: SimulationTerms): Simulation {
  return simulateFleet(makeFleet({ seed, types }), terms);
}

export function simulateFleet(
  fleet: Fleet,
  { startAt, liveAt, incidents }: Pick<SimulationTerms, "startAt" | "liveAt" | "incidents">,
): Simulation {
  const firstHour = hourOf(startAt);
  const all = incidents(fleet, firstHour, liveAt).sort((a, b) => a.fromAt.getTime() - b.fromAt.getTime());
  const lanes = new Map(fleet.datacenters.map((dc) => [dc.name, lanesOf(fleet, dc, all)]));
  return { fleet, startAt: firstHour, liveAt, incidents: all, lanes };
}

function lanesOf(fleet: Fleet, dc: DatacenterModel, incidents: readonly Incident[]): Lane[] {
  const here = incidents.filter((incident) => incident.dc === dc.name);
  return fleet.eventTypes
    .filter((type) => datacentersOf(fleet, type).includes(dc))
    .map((type) => {
      const mine = here.filter(({ eventTypes }) => eventTypes === null || eventTypes.includes(type.name));
      const throttles = mine.filter(isThrottle);
      return {
        type,
        dc,
        share: shareAt(fleet, type, dc),
        beforeQueue: throttles.filter(({ kind }) => kind === "network-cut" || kind === "dc-silent"),
        beforePartition: throttles,
        miscounts: mine.filter((incident) => !isThrottle(incident)),
      };
    });
}

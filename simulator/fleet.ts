import { type EventTypeModel, eventTypeModels } from "./event-types.ts";
import { randomOf } from "./random.ts";

/** A site of the simulated service. */
export interface DatacenterModel {
  name: string;
  displayName: string;
  timeZone: string;
  /** Of the traffic, before per-type variation. */
  share: number;
  /** From a host's acceptance to the replicated queue. */
  publishLagMs: number;
  /** Its exporters' delay relative to the others'. */
  slowness: number;
}

const datacenters: DatacenterModel[] = [
  { name: "lon", displayName: "London", timeZone: "Europe/London", share: 0.24, publishLagMs: 6_000, slowness: 0.9 },
  { name: "ash", displayName: "Ashburn", timeZone: "America/New_York", share: 0.3, publishLagMs: 9_000, slowness: 1.1 },
  {
    name: "sjc",
    displayName: "San Jose",
    timeZone: "America/Los_Angeles",
    share: 0.18,
    publishLagMs: 12_000,
    slowness: 1.25,
  },
  {
    name: "sto",
    displayName: "Stockholm",
    timeZone: "Europe/Stockholm",
    share: 0.16,
    publishLagMs: 7_000,
    slowness: 1,
  },
  {
    name: "gcp-eu",
    displayName: "Google Cloud, Belgium",
    timeZone: "Europe/Brussels",
    share: 0.12,
    publishLagMs: 4_000,
    slowness: 0.8,
  },
];

export interface Fleet {
  seed: number;
  datacenters: readonly DatacenterModel[];
  eventTypes: readonly EventTypeModel[];
}

export function makeFleet({ seed, types }: { seed: number; types: number }): Fleet {
  return { seed, datacenters, eventTypes: eventTypeModels(types) };
}

export function datacentersOf(fleet: Fleet, type: EventTypeModel): DatacenterModel[] {
  return fleet.datacenters.filter((dc) => type.datacenters === null || type.datacenters.includes(dc.name));
}

/** This datacenter's part of the type's events: its share of the traffic, varied by up to a quarter per type. */
export function shareAt(fleet: Fleet, type: EventTypeModel, dc: DatacenterModel): number {
  const weights = datacentersOf(fleet, type).map((each) => ({
    name: each.name,
    weight: each.share * (0.75 + 0.5 * randomOf(fleet.seed, `share/${type.name}/${each.name}`)()),
  }));
  const total = weights.reduce((sum, each) => sum + each.weight, 0);
  return (weights.find((each) => each.name === dc.name)?.weight ?? 0) / total;
}

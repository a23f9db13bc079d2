import type { DeploymentFact } from "#domain/explain.ts";
import { addHours } from "#domain/hour.ts";
import { eventTypeModels } from "../event-types.ts";
import { type Fleet, makeFleet } from "../fleet.ts";
import {
  badDeployment,
  caughtUpAt,
  deadHost,
  type Incident,
  isThrottle,
  lossyHost,
  networkCut,
  queueBacklog,
  retryStorm,
  silentClients,
  silentDatacenter,
  skewedClocks,
  stalledExporter,
} from "../incidents.ts";
import { type Random, randomOf } from "../random.ts";
import { components } from "../releases.ts";
import { type Simulation, simulateFleet } from "../simulation.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;

export const singleKinds = [
  "network-cut",
  "exporter-stall",
  "pubsub-backlog",
  "bad-deployment",
  "dead-host",
  "host-loss",
  "retry-storm",
  "dc-silent",
  "clock-skew",
  "traffic-drop",
] as const satisfies readonly Incident["kind"][];
export const worldKinds = [...singleKinds, "two in one datacenter", "two in two datacenters"] as const;
export type WorldKind = (typeof worldKinds)[number];

/** A small fleet in which one or two things go wrong, and something innocent is deployed all the time. */
export interface World {
  seed: number;
  kind: WorldKind;
  simulation: Simulation;
  /** By start; only of the datacenters that something happens at. */
  incidents: readonly Incident[];
  /** The bad ones among them are those that the incidents name. */
  deployments: readonly DeploymentFact[];
  deploymentsFrom: Date;
  fromMs: number;
  toMs: number;
}

/** A Monday: weeks of rhythms from here. */
const firstMs = Date.UTC(2026, 0, 5);
const baitEveryMs = 20 * minuteMs;
/** As long as the product looks back to learn how often something is deployed. */
const baitHours = 168;

/** The same seed makes the same world. */
export function makeWorld(seed: number): World {
  const random = randomOf(seed, "drill");
  const kind = worldKinds.at(seed % worldKinds.length) as WorldKind;
  const needsHosts = kind === "dead-host";
  const whole = makeFleet({ seed, types: 40 });
  const fleet = { ...whole, eventTypes: someTypes(random, needsHosts) };
  const startMs = firstMs + Math.floor(random() * 300 * 24 * 60) * minuteMs;
  const incidents = makeIncidents(kind, fleet, startMs, random);
  const firstAt = Math.min(...incidents.map(({ fromAt }) => fromAt.getTime()));
  const lastAt = Math.max(...incidents.map((each) => (isThrottle(each) ? caughtUpAt(each) : each.toAt).getTime()));
  const fromMs = Math.floor(firstAt / hourMs) * hourMs - hourMs;
  const toMs = Math.ceil(lastAt / hourMs) * hourMs + 4 * hourMs;
  const simulation = simulateFleet(fleet, {
    startAt: addHours(new Date(fromMs), -30),
    liveAt: new Date(fromMs),
    incidents: () => [...incidents],
  });
  const deploymentsFrom = addHours(new Date(fromMs), -baitHours);
  const deployments = [...baits(fleet, deploymentsFrom, toMs, random), ...badOnes(incidents)].sort(
    (a, b) => a.deployedAt.getTime() - b.deployedAt.getTime(),
  );
  return { seed, kind, simulation, incidents, deployments, deploymentsFrom, fromMs, toMs };
}

function someTypes(random: Random, needsHosts: boolean) {
  const all = eventTypeModels(40).filter(({ datacenters }) => datacenters === null);
  const count = 3 + Math.floor(random() * 6);
  const shuffled = all
    .map((type) => ({ type, order: needsHosts && type.expectReporters ? -1 : random() }))
    .sort((a, b) => a.order - b.order);
  return shuffled.slice(0, count).map(({ type }) => type);
}

function makeIncidents(kind: WorldKind, fleet: Fleet, startMs: number, random: Random): Incident[] {
  const dc = pick(fleet.datacenters, random).name;
  if (kind !== "two in one datacenter" && kind !== "two in two datacenters") {
    return [makeIncident(kind, `${kind}-1`, dc, startMs, fleet, random)];
  }
  const others = fleet.datacenters.filter(({ name }) => name !== dc);
  const secondDc = kind === "two in one datacenter" ? dc : pick(others, random).name;
  const secondMs = startMs + Math.floor(random() * 60) * minuteMs;
  const isHosted = (each: (typeof singleKinds)[number]) => each !== "dead-host";
  const [first, second] = [pick(singleKinds.filter(isHosted), random), pick(singleKinds.filter(isHosted), random)];
  return [
    makeIncident(first, `${first}-1`, dc, startMs, fleet, random),
    makeIncident(second, `${second}-2`, secondDc, secondMs, fleet, random),
  ];
}

function makeIncident(
  kind: (typeof singleKinds)[number],
  id: string,
  dc: string,
  fromMs: number,
  fleet: Fleet,
  random: Random,
): Incident {
  const between = (low: number, high: number) => low + random() * (high - low);
  const lasting = (low: number, high: number) => ({
    id,
    dc,
    fromAt: new Date(fromMs),
    toAt: new Date(fromMs + Math.round(between(low, high)) * minuteMs),
    ...(random() < 0.3 ? { eventTypes: someOf(fleet, random) } : {}),
  });
  const caughtUp = between(1.6, 5);
  switch (kind) {
    case "network-cut":
      return { ...networkCut(lasting(25, 120)), catchUp: caughtUp };
    case "dc-silent":
      // Whoever says nothing says nothing of any type.
      return { ...silentDatacenter({ ...lasting(25, 120), eventTypes: undefined as never }), catchUp: caughtUp };
    case "exporter-stall":
      return { ...stalledExporter(lasting(25, 150)), catchUp: caughtUp };
    case "bad-deployment": {
      const version = `3.${Math.floor(random() * 100)}.1`;
      const rate = pick([0, 0.25, 0.5, 0.65], random);
      return { ...badDeployment({ ...lasting(60, 180), version }), rate, catchUp: caughtUp };
    }
    case "pubsub-backlog":
      return { ...queueBacklog(lasting(60, 240)), rate: between(0.2, 0.6), catchUp: caughtUp };
    case "host-loss":
      return lossyHost({ ...lasting(15, 60), share: between(0.03, 0.15) });
    case "retry-storm":
      return retryStorm({ ...lasting(15, 60), share: between(0.03, 0.1) });
    case "clock-skew":
      return skewedClocks({ ...lasting(30, 130), share: between(0.02, 0.05) });
    case "traffic-drop":
      return silentClients({ ...lasting(90, 240), share: between(0.6, 0.95) });
    case "dead-host":
      return deadHost(lasting(120, 300));
  }
}

function someOf(fleet: Fleet, random: Random): string[] {
  const some = fleet.eventTypes.filter(() => random() < 0.5).map(({ name }) => name);
  return some.length > 0 ? some : fleet.eventTypes.slice(0, 1).map(({ name }) => name);
}

function* baits(fleet: Fleet, from: Date, toMs: number, random: Random): Generator<DeploymentFact> {
  const offset = Math.floor(random() * baitEveryMs);
  for (let ms = from.getTime() + offset, number = 1; ms < toMs; ms += baitEveryMs, number++) {
    const component = pick(components, random);
    const deployedAt = new Date(ms + Math.floor(random() * baitEveryMs));
    yield {
      id: `bait-${number}`,
      datacenter: pick(fleet.datacenters, random).name,
      component,
      version: `${Math.floor(random() * 9)}.${number}.0`,
      deployedAt,
      deployedBy: "release-train",
    };
  }
}

function badOnes(incidents: readonly Incident[]): DeploymentFact[] {
  return incidents.flatMap(({ id, kind, dc, fromAt, toAt, cause: { component, version } }) => {
    if (kind !== "bad-deployment" || !version) return [];
    const common = { datacenter: dc, component, deployedBy: "data-delivery" };
    return [
      { ...common, id, version, deployedAt: fromAt },
      { ...common, id: `${id}-rollback`, version: version.replace(/1$/, "0"), deployedAt: toAt },
    ];
  });
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

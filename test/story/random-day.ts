import { makeWorld, type World } from "#simulator/drill/world.ts";
import { caughtUpAt, isThrottle } from "#simulator/incidents.ts";
import { simulateFleet } from "#simulator/simulation.ts";

const mostTypes = 5;
const leastDatacenters = 3;
/** Miscounts are news for six hours: nothing changes in the last of them. */
const afterwardsMs = 150 * 60_000;

/** The drill's world of this seed in a smaller fleet: what happens stays, and at least one datacenter is well. */
export function randomDay(seed: number): World {
  const world = makeWorld(seed);
  const { fleet, startAt, liveAt } = world.simulation;
  const touched = new Set(world.incidents.flatMap(({ eventTypes }) => eventTypes ?? []));
  const needsHosts = world.incidents.some(({ kind }) => kind === "dead-host");
  const rank = ({ name, expectReporters }: (typeof fleet.eventTypes)[number]) =>
    (needsHosts && expectReporters ? 0 : 2) + (touched.has(name) ? 0 : 1);
  const eventTypes = fleet.eventTypes.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostTypes);
  const kept = new Set(eventTypes.map(({ name }) => name));
  const incidents = world.incidents.map((each) => {
    const types = each.eventTypes?.filter((name) => kept.has(name)) ?? null;
    // A host is dead for all types.
    if (each.kind === "dead-host") return { ...each, eventTypes: null };
    return { ...each, eventTypes: types?.length === 0 ? eventTypes.slice(0, 1).map(({ name }) => name) : types };
  });
  const places = new Set(incidents.map(({ dc }) => dc));
  for (const { name } of fleet.datacenters) if (places.size < leastDatacenters) places.add(name);
  const small = { ...fleet, eventTypes, datacenters: fleet.datacenters.filter(({ name }) => places.has(name)) };
  const simulation = simulateFleet(small, { startAt, liveAt, incidents: () => [...incidents] });
  const deployments = world.deployments.filter(({ datacenter }) => datacenter === null || places.has(datacenter));
  const lastMs = Math.max(...incidents.map((each) => (isThrottle(each) ? caughtUpAt(each) : each.toAt).getTime()));
  return { ...world, incidents, simulation, deployments, toMs: Math.min(world.toMs, lastMs + afterwardsMs) };
}

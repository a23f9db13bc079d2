import { addHours } from "#domain/hour.ts";
import type { World } from "#simulator/drill/world.ts";
import { eventTypeModels } from "#simulator/event-types.ts";
import { makeFleet } from "#simulator/fleet.ts";
import { badDeployment, networkCut } from "#simulator/incidents.ts";
import { nextPatch } from "#simulator/releases.ts";
import { simulateFleet } from "#simulator/simulation.ts";

const types = 6;
const seed = 20_261_122;
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** San Jose is cut off from 13:20 to 14:53, and a bad exporter runs at London from 14:24 to 15:13. */
export function scriptedDay(): World {
  const fleet = { ...makeFleet({ seed, types }), eventTypes: eventTypeModels(types) };
  const fromMs = at("12:50").getTime();
  const deployedAt = at("14:24");
  const incidents = [
    networkCut({ id: "sjc-cut", dc: "sjc", fromAt: at("13:20"), toAt: at("14:53") }),
    badDeployment({
      id: "lon-bad-exporter",
      dc: "lon",
      fromAt: deployedAt,
      toAt: at("15:13"),
      version: nextPatch(fleet, "lon", "exporter", deployedAt),
    }),
  ];
  const startAt = addHours(at("12:00"), -30);
  const simulation = simulateFleet(fleet, { startAt, liveAt: new Date(fromMs), incidents: () => incidents });
  const deploymentsFrom = addHours(new Date(fromMs), -168);
  return {
    seed,
    kind: "two in two datacenters",
    simulation,
    incidents,
    deployments: [],
    deploymentsFrom,
    fromMs,
    toMs: at("17:30").getTime(),
  };
}

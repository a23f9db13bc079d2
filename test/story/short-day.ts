import { addHours } from "#domain/hour.ts";
import type { World } from "#simulator/drill/world.ts";
import { eventTypeModels } from "#simulator/event-types.ts";
import { makeFleet } from "#simulator/fleet.ts";
import { lossyHost, networkCut } from "#simulator/incidents.ts";
import { simulateFleet } from "#simulator/simulation.ts";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** A host at London loses events in the hour of 12:00, and San Jose is cut off from 13:20 to 13:50: three event types, two hours. */
export function shortDay(): World {
  const seed = 20_261_122;
  const whole = makeFleet({ seed, types: 3 });
  const datacenters = whole.datacenters.filter(({ name }) => name === "lon" || name === "sjc" || name === "sto");
  const fleet = { ...whole, datacenters, eventTypes: eventTypeModels(3) };
  const fromMs = at("13:10").getTime();
  const incidents = [
    lossyHost({ id: "lon-lossy-host", dc: "lon", fromAt: at("12:10"), toAt: at("12:40"), share: 0.05 }),
    networkCut({ id: "sjc-cut", dc: "sjc", fromAt: at("13:20"), toAt: at("13:50") }),
  ];
  return {
    seed,
    kind: "two in two datacenters",
    simulation: simulateFleet(fleet, {
      startAt: addHours(at("12:00"), -30),
      liveAt: new Date(fromMs),
      incidents: () => incidents,
    }),
    incidents,
    deployments: [],
    deploymentsFrom: addHours(new Date(fromMs), -168),
    fromMs,
    toMs: at("14:20").getTime(),
  };
}

import { addHours } from "#domain/hour.ts";
import type { World } from "#simulator/drill/world.ts";
import { eventTypeModels } from "#simulator/event-types.ts";
import { makeFleet } from "#simulator/fleet.ts";
import { badDeployment, type Incident, networkCut, stalledExporter } from "#simulator/incidents.ts";
import { nextPatch } from "#simulator/releases.ts";
import { simulateFleet } from "#simulator/simulation.ts";

const seed = 20_261_122;
/** The minutes that are lived begin between two samples, as looks do. */
const at = (time: string) => new Date(`2026-11-22T${time.length === 5 ? `${time}:00` : time}Z`);

export const outageDays = ["short", "scripted", "before the queue"] as const;
export type OutageDay = (typeof outageDays)[number];

export function isOutageDay(day: string): day is OutageDay {
  return (outageDays as readonly string[]).includes(day);
}

const span = { id: "sjc-outage", dc: "sjc" };
const days: Record<OutageDay, { types: number; places: string[]; historyHours: number; from: string; to: string }> = {
  short: { types: 2, places: ["sjc", "sto"], historyHours: 6, from: "13:00:30", to: "15:00:30" },
  scripted: {
    types: 6,
    places: ["lon", "ash", "sjc", "sto", "gcp-eu"],
    historyHours: 24,
    from: "12:50:30",
    to: "17:30:30",
  },
  "before the queue": { types: 2, places: ["sjc", "sto"], historyHours: 6, from: "13:00:30", to: "14:50:30" },
};

/**
 * `scripted`: nothing is delivered at San Jose from 13:20 to 14:53, and a bad exporter runs at London from 14:24 to 15:13. `short`: the former alone,
 * until 14:20. `before the queue`: the same hour, but San Jose's hosts cannot reach the queue.
 */
export function outageDay(day: OutageDay): World {
  const { types, places, historyHours, from, to } = days[day];
  const whole = makeFleet({ seed, types });
  const datacenters = whole.datacenters.filter(({ name }) => places.includes(name));
  const fleet = { ...whole, datacenters, eventTypes: eventTypeModels(types) };
  const fromMs = at(from).getTime();
  const incidents: Incident[] = [];
  if (day === "scripted") {
    const [fromAt, toAt] = [at("14:24"), at("15:13")];
    const version = nextPatch(fleet, "lon", "exporter", fromAt);
    incidents.push(stalledExporter({ ...span, fromAt: at("13:20"), toAt: at("14:53") }));
    incidents.push(badDeployment({ id: "lon-bad-exporter", dc: "lon", fromAt, toAt, version }));
  } else {
    const outage = day === "short" ? stalledExporter : networkCut;
    incidents.push(outage({ ...span, fromAt: at("13:20"), toAt: at("14:20") }));
  }
  return {
    seed,
    kind: "two in two datacenters",
    simulation: simulateFleet(fleet, {
      startAt: addHours(at("12:00"), -historyHours),
      liveAt: new Date(fromMs),
      incidents: () => incidents,
    }),
    incidents,
    deployments: [],
    deploymentsFrom: addHours(new Date(fromMs), -168),
    fromMs,
    toMs: at(to).getTime(),
  };
}

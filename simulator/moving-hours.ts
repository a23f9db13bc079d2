import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import { caughtUpAt, isThrottle, type Throttle } from "./incidents.ts";
import type { Simulation } from "./simulation.ts";

/** Until when an incident has an effect: its backlog is caught up, and the usual delay is over. */
export function feltUntil(throttle: Throttle): Date {
  return addHours(caughtUpAt(throttle), 1);
}

/** Hours with possible changes in (fromAt, at], by start: the latest, and those that an incident still affects. */
export function movingHours(simulation: Simulation, dc: string, fromAt: Date, at: Date): Hour[] {
  const hours = new Set<number>();
  const add = (from: Date, to: Date) => {
    const first = Math.max(hourOf(from).getTime(), simulation.startAt.getTime());
    for (let ms = first; ms <= to.getTime(); ms += 3_600_000) hours.add(ms);
  };
  // No type takes more than an hour to close one, without an incident.
  add(addHours(fromAt, -2), at);
  for (const incident of simulation.incidents) {
    if (incident.dc !== dc || incident.fromAt > at) continue;
    if (isThrottle(incident) && feltUntil(incident) >= fromAt) add(addHours(incident.fromAt, -2), at);
    const { returnsAt } = isThrottle(incident) ? { returnsAt: null } : incident;
    if (returnsAt && returnsAt > fromAt) add(incident.fromAt, incident.toAt);
  }
  return [...hours].sort((a, b) => a - b).map((ms) => new Date(ms));
}

import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import { caughtUpAt, isThrottle, type Throttle } from "./incidents.ts";
import type { Simulation } from "./simulation.ts";

/** Until when an incident is felt: what was held up is caught up, and the usual delay is over. */
export function feltUntil(throttle: Throttle): Date {
  return addHours(caughtUpAt(throttle), 1);
}

/** Hours of which something new may be said in (fromAt, at]: the latest, and those that an incident still holds up. */
export function movingHours(simulation: Simulation, dc: string, fromAt: Date, at: Date): Hour[] {
  // No type takes more than an hour to close one, without an incident.
  let first = addHours(hourOf(fromAt), -2).getTime();
  for (const incident of simulation.incidents) {
    const endsAt = isThrottle(incident) ? feltUntil(incident) : addHours(incident.returnsAt ?? incident.toAt, 1);
    if (incident.dc !== dc || incident.fromAt > at || endsAt < fromAt) continue;
    first = Math.min(first, addHours(hourOf(incident.fromAt), -2).getTime());
  }
  const hours: Hour[] = [];
  for (let ms = Math.max(first, simulation.startAt.getTime()); ms <= at.getTime(); ms += 3_600_000) {
    hours.push(new Date(ms));
  }
  return hours;
}

import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { planHour } from "./hour-plan.ts";
import { type Cause, caughtUpAt, type Incident, isThrottle } from "./incidents.ts";
import type { Lane, Simulation } from "./simulation.ts";

/** What an incident did to one (event type, hour). */
export interface HourTruth {
  eventType: string;
  hour: string;
  /** Never produced, though usual. */
  missing: number;
  /** Accepted by a host that died, and counted nowhere: the hour's totals still balance. */
  uncounted: number;
  lost: number;
  duplicated: number;
  skewed: number;
  /** How much later the datacenter closed the hour than without the incident. */
  delaySeconds: number;
}

export interface IncidentTruth {
  id: string;
  kind: Incident["kind"];
  fromAt: string;
  toAt: string;
  /** When lost events came back after all; null: never, or nothing was lost. */
  returnsAt: string | null;
  cause: Cause;
  hours: HourTruth[];
}

/** What really happened: the reference for diagnoses, verdicts and pages. */
export function groundTruth(simulation: Simulation): IncidentTruth[] {
  return simulation.incidents.map((incident) => ({
    id: incident.id,
    kind: incident.kind,
    fromAt: incident.fromAt.toISOString(),
    toAt: incident.toAt.toISOString(),
    returnsAt: isThrottle(incident) ? null : (incident.returnsAt?.toISOString() ?? null),
    cause: incident.cause,
    hours: [...hoursOf(simulation, incident)],
  }));
}

function* hoursOf(simulation: Simulation, incident: Incident): Generator<HourTruth> {
  const first = Math.max(addHours(hourOf(incident.fromAt), -2).getTime(), simulation.startAt.getTime());
  const last = isThrottle(incident) ? caughtUpAt(incident) : incident.toAt;
  for (const lane of simulation.lanes.get(incident.dc) ?? []) {
    for (let hour = new Date(first); hour < last; hour = addHours(hour, 1)) {
      const truth = hourTruth(simulation, lane, hour, incident);
      if (
        truth.missing + truth.uncounted + truth.lost + truth.duplicated + truth.skewed > 0 ||
        truth.delaySeconds >= 60
      )
        yield truth;
    }
  }
}

function hourTruth(simulation: Simulation, lane: Lane, hour: Date, incident: Incident): HourTruth {
  const effect = planHour(simulation, lane, hour).effects.find(({ incidentId }) => incidentId === incident.id);
  const other = (each: Incident) => each.id !== incident.id;
  const without: Lane = {
    ...lane,
    beforeQueue: lane.beforeQueue.filter(other),
    beforePartition: lane.beforePartition.filter(other),
  };
  const delayMs =
    planHour(simulation, lane, hour).closesAt.getTime() - planHour(simulation, without, hour).closesAt.getTime();
  return {
    eventType: lane.type.name,
    hour: formatHour(hour),
    missing: effect?.missing ?? 0,
    uncounted: effect?.uncounted ?? 0,
    lost: effect?.lost ?? 0,
    duplicated: effect?.duplicated ?? 0,
    skewed: effect?.skewed ?? 0,
    delaySeconds: Math.round(delayMs / 1000),
  };
}

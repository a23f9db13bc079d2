import { hourEnd } from "../hour.ts";
import type { AlertFacts, HourNow, TypeFacts } from "./facts.ts";
import { knownUntil } from "./known-until.ts";
import type { Culprit } from "./reading.ts";

/** The ended hours that are not closed, oldest first. */
export function unclosedHours({ hours }: TypeFacts): HourNow[] {
  return hours.filter(({ closedAt }) => closedAt === null);
}

/** The datacenters that hold an hour up, because they have not closed it: lowest watermark first. */
export function heldUpBy(type: TypeFacts, hour: HourNow): string[] {
  const marks = new Map(type.lanes.map(({ datacenter, watermark }) => [datacenter, watermark?.getTime()]));
  const mark = (name: string) => marks.get(name) ?? Number.NEGATIVE_INFINITY;
  return hour.lanes
    .filter(({ closedAt }) => closedAt === null)
    .map(({ datacenter }) => datacenter)
    .sort((a, b) => mark(a) - mark(b) || (a < b ? -1 : 1));
}

export function lateCulprits(type: TypeFacts, hour: HourNow): Culprit[] {
  return heldUpBy(type, hour).map((datacenter) => ({ trouble: "late", datacenter }));
}

/** How long an ended hour has waited, as far as Tidemark can know. */
export function secondsWaited(hour: HourNow, facts: AlertFacts): number {
  const until = knownUntil(facts);
  return until ? Math.max(0, until.getTime() - hourEnd(hour.hour).getTime()) / 1000 : 0;
}

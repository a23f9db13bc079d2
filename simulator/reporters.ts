import type { Stage } from "#domain/protocol.ts";
import type { Counts, HourPlan } from "./hour-plan.ts";
import { type ReportData, reportData } from "./messages.ts";

/** Who counts what: two event services share the produced counts, one bridge and one exporter count the rest. */
export const reporters: readonly { instance: string; stage: Stage }[] = [
  { instance: "event-service-1", stage: "produced" },
  { instance: "event-service-2", stage: "produced" },
  { instance: "pubsub-bridge-1", stage: "published" },
  { instance: "exporter-1", stage: "delivered" },
];

// The busiest types are counted by both services; the others by one, so that a day's reports stay few.
const bothCountAbove = 300_000;
const bytesPerEvent = 740;

/** One reporter's lines about one (event type, hour): nothing where it counted nothing. */
export function reportsOf(plan: HourPlan, counts: Counts, instance: string): ReportData[] {
  const { hour } = plan;
  const { name } = plan.lane.type;
  if (instance === "pubsub-bridge-1") return counts.published ? [reportData(name, hour, hour, counts.published)] : [];
  if (instance === "exporter-1") {
    return counts.delivered
      .filter(({ events }) => events > 0)
      .map(({ landedHour, events }) => reportData(name, hour, landedHour, events, events * bytesPerEvent));
  }
  const produced = producedBy(plan, counts.produced, instance);
  return produced ? [reportData(name, hour, hour, produced)] : [];
}

/** Lines that say something else than they did before. */
export function changedReports(plan: HourPlan, before: Counts, now: Counts, instance: string): ReportData[] {
  const known = new Map(reportsOf(plan, before, instance).map((report) => [report.landedHour, report.events]));
  return reportsOf(plan, now, instance).filter((report) => known.get(report.landedHour) !== report.events);
}

function producedBy({ lane }: HourPlan, produced: number, instance: string): number {
  const { name, eventsPerHour } = lane.type;
  const first = instance === "event-service-1";
  if (eventsPerHour > bothCountAbove) {
    const ofFirst = Math.floor(produced * 0.55);
    return first ? ofFirst : produced - ofFirst;
  }
  return (name.length % 2 === 0) === first ? produced : 0;
}

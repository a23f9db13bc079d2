import type { Stage } from "#domain/protocol.ts";
import type { EventTypeModel } from "./event-types.ts";
import type { Counts, HourPlan } from "./hour-plan.ts";
import { hosts } from "./incidents.ts";
import { type ReportData, reportData } from "./messages.ts";

/**
 * Which instance counts what: two event services share the produced counts, or all hosts do; one bridge and one exporter count
 * the rest.
 */
export const reporters: readonly { instance: string; stage: Stage }[] = [
  { instance: "event-service-1", stage: "produced" },
  { instance: "event-service-2", stage: "produced" },
  ...hosts.map((instance) => ({ instance, stage: "produced" as const })),
  { instance: "pubsub-bridge-1", stage: "published" },
  { instance: "exporter-1", stage: "delivered" },
];

// The busiest types are counted by both services; the others by one, to keep a day's reports few.
const bothCountAbove = 300_000;
const bytesPerEvent = 740;

/** Whether the instance counts the type at all. */
export function counts(instance: string, { name, eventsPerHour, expectReporters }: EventTypeModel): boolean {
  if (instance === "pubsub-bridge-1" || instance === "exporter-1") return true;
  if (hosts.includes(instance)) return expectReporters;
  const isFirst = instance === "event-service-1";
  return !expectReporters && (eventsPerHour > bothCountAbove || (name.length % 2 === 0) === isFirst);
}

/** One reporter's lines about one (event type, hour). */
export function reportsOf(plan: HourPlan, known: Counts, instance: string): ReportData[] {
  const { hour } = plan;
  const { name } = plan.lane.type;
  if (!counts(instance, plan.lane.type)) return [];
  if (instance === "pubsub-bridge-1") return known.published ? [reportData(name, hour, hour, known.published)] : [];
  if (instance === "exporter-1") {
    return known.delivered
      .filter(({ events }) => events > 0)
      .map(({ landedHour, events }) => reportData(name, hour, landedHour, events, events * bytesPerEvent));
  }
  const produced = producedBy(plan, known, instance);
  // Where silence is not zero, an hour without events is reported once it is over.
  const isSaid = produced > 0 || (!plan.lane.type.impliedZero && known.isOver);
  return isSaid ? [reportData(name, hour, hour, produced)] : [];
}

/** Lines that differ from the previous ones. */
export function changedReports(plan: HourPlan, before: Counts, now: Counts, instance: string): ReportData[] {
  const known = new Map(reportsOf(plan, before, instance).map((report) => [report.landedHour, report.events]));
  return reportsOf(plan, now, instance).filter((report) => known.get(report.landedHour) !== report.events);
}

function producedBy({ lane }: HourPlan, { produced, byHost }: Counts, instance: string): number {
  if (byHost) return byHost[hosts.indexOf(instance)] ?? 0;
  if (lane.type.eventsPerHour <= bothCountAbove) return produced;
  const ofFirst = Math.floor(produced * 0.55);
  return instance === "event-service-1" ? ofFirst : produced - ofFirst;
}

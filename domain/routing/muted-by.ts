import type { RouteSchedule } from "./routing-tree.ts";
import { anyContains } from "./time/contains-instant.ts";

/** Why a route sends nothing at the moment; null: it sends. */
export function mutedBy(schedule: RouteSchedule, now: Date): string | null {
  const { muteTimeIntervals, activeTimeIntervals } = schedule;
  const muting = muteTimeIntervals.find(({ intervals }) => anyContains(intervals, now));
  if (muting) return `within its mute time interval ${muting.name}`;
  if (activeTimeIntervals.length === 0 || activeTimeIntervals.some(({ intervals }) => anyContains(intervals, now)))
    return null;
  return `outside its active time intervals ${activeTimeIntervals.map(({ name }) => name).join(", ")}`;
}

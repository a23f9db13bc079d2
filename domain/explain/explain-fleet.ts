import { formatCount } from "../figures.ts";
import type { Cause } from "./cause.ts";

export interface HourWithCauses {
  eventType: string;
  /** By its name. */
  hour: string;
  causes: readonly Cause[];
}

/** One cause of many types' trouble. */
export interface FleetCause {
  /** The strongest of the grouped causes, with the earliest `since` of them. */
  cause: Cause;
  /** By name. */
  eventTypes: string[];
  hours: number;
  /** Of all types in trouble. */
  share: number;
  sentence: string;
}

/** Groups hours' first causes by what they share, largest group first: one network cut is one cause, not five hundred. */
export function explainFleet(troubled: readonly HourWithCauses[]): FleetCause[] {
  const first = troubled.flatMap(({ eventType, hour, causes }) =>
    causes[0] ? { eventType, hour, cause: causes[0] } : [],
  );
  const types = new Set(first.map(({ eventType }) => eventType)).size;
  const groups = [...Map.groupBy(first, ({ cause }) => groupOf(cause)).values()];
  return groups
    .map((members) => gather(members, types))
    .sort((a, b) => b.eventTypes.length - a.eventTypes.length || b.cause.score - a.cause.score);
}

/** Whatever slows a datacenter is one cause, whichever sign a type shows; loss, duplication or skew there is another. */
function groupOf({ code, datacenter, stage }: Cause): string {
  const miscounted = code === "stage_loss" || code === "duplicate_delivery" || code === "skewed_delivery";
  const kind = miscounted || code === "telemetry_blind" || code === "counts_missing" ? code : "late";
  return JSON.stringify([kind, datacenter, miscounted ? stage : null]);
}

function gather(members: readonly { eventType: string; hour: string; cause: Cause }[], types: number): FleetCause {
  const strongest = members.reduce((best, each) => (each.cause.score > best.cause.score ? each : best)).cause;
  const known = members.flatMap(({ cause: { since } }) => (since ? since.getTime() : []));
  const cause = { ...strongest, since: known.length > 0 ? new Date(Math.min(...known)) : null };
  const eventTypes = [...new Set(members.map(({ eventType }) => eventType))].sort();
  const share = eventTypes.length / types;
  return { cause, eventTypes, hours: members.length, share, sentence: `${reach(eventTypes, types)} ${cause.sentence}` };
}

function reach(eventTypes: readonly string[], types: number): string {
  if (types === 1) return `${eventTypes[0]}:`;
  return share(eventTypes.length, types);
}

function share(count: number, types: number): string {
  return count === types
    ? `All ${formatCount(types)} affected types:`
    : `${formatCount(count)} of ${formatCount(types)} affected types:`;
}

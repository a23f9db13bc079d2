import type { SloIncidents } from "../api/slo-report.ts";
import { formatElapsed } from "../duration.ts";
import { formatCountOf } from "../figures.ts";

/** "3 incidents. Medians: noticed after 12 min, …": time to notice, acknowledge and resolve. */
export function incidentSentence({ count, medians }: Pick<SloIncidents, "count" | "medians">): string {
  if (count === 0) return "No incidents affected these hours.";
  const { detectSeconds, acknowledgeSeconds, resolveSeconds, leadSeconds } = medians;
  const times = [
    after("noticed", detectSeconds),
    after("acknowledged", acknowledgeSeconds),
    after("resolved", resolveSeconds),
  ];
  return `${formatCountOf(count, "incident")}. Medians: ${times.join(", ")}; ${leadOf(leadSeconds)}.`;
}

/** "noticed after 12 min", "not acknowledged yet". */
function after(verb: string, seconds: number | null): string {
  return seconds === null ? `not ${verb} yet` : `${verb} after ${formatElapsed(seconds)}`;
}

/** "not yet" if it has not happened. */
export function said(seconds: number | null): string {
  return seconds === null ? "not yet" : formatElapsed(seconds);
}

/** "20 min", "none, 3 min late", nothing if none of its hours was due. */
export function leadText(seconds: number | null): string {
  if (seconds === null) return "";
  return seconds < 0 ? `none, ${formatElapsed(-seconds)} late` : formatElapsed(seconds);
}

function leadOf(seconds: number | null): string {
  if (seconds === null) return "no deadline among their hours";
  return `noticed ${formatElapsed(Math.abs(seconds))} ${seconds < 0 ? "after" : "before"} the first deadline of an affected hour`;
}

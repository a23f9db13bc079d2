import type { SloIncidents } from "../api/slo-report.ts";
import { formatElapsed } from "../duration.ts";
import { formatCountOf } from "../figures.ts";

/** "3 incidents. In the median noticed 12 min after it began, …": time to notice, acknowledge and resolve. */
export function incidentSentence({ count, medians }: Pick<SloIncidents, "count" | "medians">): string {
  if (count === 0) return "No incident hurt these hours.";
  return `${formatCountOf(count, "incident")}. In the median noticed ${said(medians.detectSeconds)} after it began, acknowledged ${said(medians.acknowledgeSeconds)} and resolved ${said(medians.resolveSeconds)} after that; ${leadOf(medians.leadSeconds)}.`;
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
  if (seconds === null) return "none of their hours was due";
  return `noticed ${formatElapsed(Math.abs(seconds))} ${seconds < 0 ? "after" : "before"} the first of their hours was due, when its readers would have noticed`;
}

import type { SituationJson } from "../api/situation.ts";
import { formatElapsed } from "../duration.ts";
import { formatCount, formatCountOf } from "../figures.ts";

type Ended = Pick<SituationJson, "phaseSince" | "onset" | "extent" | "impact">;

/** How an incident ended: "Resolved after 93 min: all 42 hours recovered.", with what was lost or missed. */
export function sayEnd({ phaseSince, onset, extent, impact }: Ended): string {
  const seconds = Math.max(0, (Date.parse(phaseSince) - Date.parse(onset.at)) / 1000);
  const missed = impact.missedDeadlines > 0 ? `; ${formatCountOf(impact.missedDeadlines, "deadline")} missed` : "";
  return `Resolved after ${formatElapsed(seconds)}: ${sayHours(extent.hours, impact)}${missed}.`;
}

function sayHours(hours: SituationJson["extent"]["hours"], impact: SituationJson["impact"]): string {
  if (!hours) return "no hour was affected";
  const { affected, final, accepted, lossy } = hours;
  const recovered = final - lossy;
  if (recovered === affected)
    return affected === 1 ? "its hour recovered" : `all ${formatCount(affected)} hours recovered`;
  if (lossy === affected) return sayLoss(impact) ?? "closed, not complete";
  const outcomes = [
    recovered > 0 && `${formatCount(recovered)} of ${formatCountOf(affected, "hour")} recovered`,
    accepted > 0 && `${formatCount(accepted)} accepted`,
    lossy > 0 && `${formatCount(lossy)} ${sayLoss(impact) ?? "closed, not complete"}`,
  ].filter((part) => part !== false);
  return outcomes.join(", ") || "none of its hours recovered";
}

/** null: nothing was lost or duplicated, so far as is known. */
function sayLoss({ lost, duplicated, produced }: SituationJson["impact"]): string | null {
  const of = produced === null ? "" : ` of ${formatCount(produced)}`;
  if (lost > 0) return `closed with loss: ${formatCount(lost)}${of} events lost`;
  return duplicated > 0 ? `closed with duplicates: ${formatCount(duplicated)}${of} events duplicated` : null;
}

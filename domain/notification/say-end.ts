import type { SituationJson } from "../api/situation.ts";
import { formatElapsed } from "../duration.ts";
import { formatCount, formatCountOf } from "../figures.ts";

type Ended = Pick<SituationJson, "phaseSince" | "onset" | "extent" | "impact"> & {
  cause: Pick<SituationJson["cause"], "code">;
};

/** How an incident ended: "Resolved after 93 min: all 42 hours recovered.", with what was lost or missed. */
export function sayEnd({ phaseSince, onset, extent, impact, cause }: Ended): string {
  const seconds = Math.max(0, (Date.parse(phaseSince) - Date.parse(onset.at)) / 1000);
  const missed = impact.missedDeadlines > 0 ? `; ${formatCountOf(impact.missedDeadlines, "deadline")} missed` : "";
  const loss = sayLoss(impact, cause.code) ?? "closed, not complete";
  return `Resolved after ${formatElapsed(seconds)}: ${sayHours(extent.hours, loss)}${missed}.`;
}

function sayHours(hours: SituationJson["extent"]["hours"], loss: string): string {
  if (!hours) return "no hour was affected";
  const { affected, final, accepted, lossy } = hours;
  const recovered = final - lossy;
  if (recovered === affected)
    return affected === 1 ? "its hour recovered" : `all ${formatCount(affected)} hours recovered`;
  if (lossy === affected) return loss;
  const outcomes = [
    recovered > 0 && `${formatCount(recovered)} of ${formatCountOf(affected, "hour")} recovered`,
    accepted > 0 && `${formatCount(accepted)} accepted`,
    lossy > 0 && `${formatCount(lossy)} ${loss}`,
  ].filter((part) => part !== false);
  return outcomes.join(", ") || "none of its hours recovered";
}

/** null: nothing was lost or duplicated, so far as is known. */
function sayLoss(
  { lost, duplicated, produced }: SituationJson["impact"],
  code: SituationJson["cause"]["code"],
): string | null {
  const of = produced === null ? "" : ` of ${formatCount(produced)}`;
  if (lost > 0) return `closed with loss: ${formatCount(lost)}${of} events lost`;
  // What came twice is known only where everyone has counted.
  if (duplicated > 0 && code === "reporters_missing")
    return `closed with counts missing: ${formatCount(duplicated)} more events delivered than counted`;
  return duplicated > 0 ? `closed with duplicates: ${formatCount(duplicated)}${of} events duplicated` : null;
}

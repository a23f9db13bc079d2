import type { SloMeasureJson, SloPartJson, SloShareJson } from "../api/slo.ts";
import { formatCount } from "../figures.ts";
import { formatPercent } from "../percent.ts";
import type { Measure } from "../slo-measures.ts";

/** As headings of figures. */
export const measureTitles: Record<Measure, string> = {
  timeliness: "On time",
  completeness: "Complete",
  skew: "In their hour",
};

const badWords: Record<Measure, string> = {
  timeliness: "late",
  completeness: "not complete",
  skew: "in another hour’s partition",
};

/** "78 of 9,744 hours late". */
export function badText(measure: Measure, attained: SloMeasureJson): string {
  const { basis } = attained;
  const { bad, counted } = attained[basis];
  return `${formatCount(bad)} of ${formatCount(counted)} ${basis} ${badWords[measure]}`;
}

/** "42.1 % of the budget left (15.5 of 37.2 spent)"; null without an objective. */
export function budgetText({ budget }: Pick<SloShareJson, "budget">): string | null {
  if (!budget) return null;
  const { spent, allowed, remaining } = budget;
  // What binary error leaves of an exact figure overspends nothing.
  if (spent <= allowed + 1e-6) {
    return `${formatPercent(remaining ?? 1)} of the error budget left (${formatCount(spent)} of ${formatAllowed(allowed)} spent)`;
  }
  return `error budget overspent: ${formatCount(spent)}, limit ${formatAllowed(allowed)}`;
}

/** "high 99.5 %, low 97 %": the objectives of several tiers. */
export function objectivesText(parts: readonly Pick<SloPartJson, "tier" | "objective">[]): string {
  return parts
    .flatMap(({ tier, objective }) => (objective === null ? [] : [`${tier} ${formatPercent(objective)}`]))
    .join(", ");
}

/** Fractions of an hour count: 3.72 of 744. */
function formatAllowed(allowed: number): string {
  return allowed >= 100 ? formatCount(allowed) : String(Math.round(allowed * 100) / 100);
}

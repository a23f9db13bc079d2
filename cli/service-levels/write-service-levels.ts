import { alignColumns } from "#domain/align-columns.ts";
import type { SloAttainmentJson, SloItemJson } from "#domain/api/slo.ts";
import { formatPercent } from "#domain/percent.ts";
import { formatPoints, type Measure, measures, periodName, statusWords } from "#domain/slo.ts";

const titles: Record<Measure, string> = { timeliness: "on time", completeness: "complete", skew: "in their hour" };

/** Each tier and type with its objectives, one line per measure that has one; without any, timeliness. */
export function writeServiceLevels({
  period,
  items,
  pendingDays,
}: Pick<SloAttainmentJson, "period" | "items" | "pendingDays">): string[] {
  const rows = items.flatMap((item) =>
    measures
      .filter((measure) => measure === "timeliness" || item[measure].status !== "no_objective")
      .map((measure) => rowOf(item, measure)),
  );
  return [
    `Service levels, ${periodName(period)} (${period.frozen ? "frozen" : "not frozen yet"})`,
    ...(rows.length === 0
      ? ["No claimed event type was active."]
      : alignColumns([["SCOPE", "NAME", "MEASURE", "ATTAINED", "OBJECTIVE", "STATUS", "CHANGE", "BAD"], ...rows])),
    ...(pendingDays > 0 ? [`${pendingDays} days are not added up yet.`] : []),
  ];
}

function rowOf({ scope, name, ...item }: SloItemJson, measure: Measure): string[] {
  const { basis, objective, status, change } = item[measure];
  const { attainment, bad, counted } = item[measure][basis];
  return [
    scope === "eventType" ? "type" : scope,
    name,
    titles[measure],
    attainment === null ? "–" : formatPercent(attainment),
    objective === null ? "–" : formatPercent(objective),
    statusWords[status],
    change === null ? "–" : formatPoints(change),
    `${bad} of ${counted} ${basis}`,
  ];
}

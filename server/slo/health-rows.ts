import type { SloItemJson } from "#domain/api/slo.ts";
import type { HealthRow, WeekCell } from "#domain/api/slo-report.ts";
import { formatDay, mostPromisedFirst, type Period, weeksOf } from "#domain/slo.ts";
import { type DayFigures, sumOf } from "./load-day-figures.ts";

/** Tiers, the one promised most first, and owners, worst first, by the period's weeks. */
export function healthRows(figures: readonly DayFigures[], items: readonly SloItemJson[], period: Period): HealthRow[] {
  const weeks = weeksOf(period);
  const byGroup = new Map([
    ...Map.groupBy(figures, ({ tier }) => `tier ${tier}`),
    ...Map.groupBy(figures, ({ owner }) => `owner ${owner}`),
  ]);
  return items.toSorted(inOrder).map(({ scope, name, timeliness }) => ({
    scope: scope as HealthRow["scope"],
    name,
    objective: timeliness.objective,
    objectives: timeliness.parts.flatMap(({ tier, objective }) => (objective === null ? [] : [{ tier, objective }])),
    weeks: weeks.map(({ from, to }) =>
      cellOf(byGroup.get(`${scope} ${name}`)?.filter(({ day }) => day >= from && day < to) ?? []),
    ),
  }));
}

export function weekNames(period: Period): { from: string; to: string }[] {
  return weeksOf(period).map(({ from, to }) => ({ from: formatDay(from), to: formatDay(to) }));
}

/** Hours under each objective count against that one. */
function cellOf(days: readonly DayFigures[]): WeekCell | null {
  const [due, excused] = [sumOf(days, "dueHours"), sumOf(days, "excusedHours")];
  if (due === 0 && excused === 0) return null;
  const held = [...Map.groupBy(days, ({ tier, objective }) => JSON.stringify([tier, objective])).values()];
  const below = held.filter(
    (part) => sumOf(part, "metHours") < (part[0]?.objective ?? 0) * sumOf(part, "dueHours") - 1e-6,
  );
  return {
    due,
    missed: due - sumOf(days, "metHours"),
    excused,
    isBelow: below.length > 0,
    below: [...new Set(below.map(([first]) => first?.tier ?? ""))].sort(),
  };
}

function inOrder(a: SloItemJson, b: SloItemJson): number {
  if (a.scope !== b.scope) return a.scope === "tier" ? -1 : 1;
  if (a.scope === "tier") return mostPromisedFirst(a, b);
  return (a.timeliness.hours.attainment ?? 2) - (b.timeliness.hours.attainment ?? 2) || (a.name < b.name ? -1 : 1);
}

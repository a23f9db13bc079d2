import type { SloItemJson } from "#domain/api/slo.ts";
import type { HealthRow } from "#domain/api/slo-report.ts";
import { formatDay, type Period, weeksOf } from "#domain/slo.ts";
import type { DayFigures } from "./load-day-figures.ts";

/** Tiers and owners, worst first each, by the period's weeks. */
export function healthRows(figures: readonly DayFigures[], items: readonly SloItemJson[], period: Period): HealthRow[] {
  const weeks = weeksOf(period);
  const byGroup = new Map<string, DayFigures[]>();
  for (const day of figures) {
    for (const key of [`tier ${day.tier}`, `owner ${day.owner}`]) {
      const group = byGroup.get(key);
      if (group) group.push(day);
      else byGroup.set(key, [day]);
    }
  }
  return items.toSorted(worstFirst).map(({ scope, name, timeliness }) => ({
    scope: scope as HealthRow["scope"],
    name,
    objective: timeliness.objective,
    weeks: weeks.map(({ from, to }) => {
      const days = byGroup.get(`${scope} ${name}`)?.filter(({ day }) => day >= from && day < to) ?? [];
      const due = days.reduce((sum, { dueHours }) => sum + dueHours, 0);
      const met = days.reduce((sum, { metHours }) => sum + metHours, 0);
      return due > 0 ? { due, missed: due - met } : null;
    }),
  }));
}

export function weekNames(period: Period): { from: string; to: string }[] {
  return weeksOf(period).map(({ from, to }) => ({ from: formatDay(from), to: formatDay(to) }));
}

function worstFirst(a: SloItemJson, b: SloItemJson): number {
  if (a.scope !== b.scope) return a.scope === "tier" ? -1 : 1;
  return (a.timeliness.hours.attainment ?? 2) - (b.timeliness.hours.attainment ?? 2) || (a.name < b.name ? -1 : 1);
}

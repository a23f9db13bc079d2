import type { SloCalendarJson, SloItemJson } from "#domain/api/slo.ts";
import { burnDown, daysOf, formatDay, type Period, subjectOf } from "#domain/slo.ts";
import { type DayFigures, sumOf } from "./load-day-figures.ts";

/** Every day of the period with its counts, and the error budget left after it: of the scope that the report's sentence is about. */
export function calendarOf(
  figures: readonly DayFigures[],
  items: { total: SloItemJson; tiers: readonly SloItemJson[] },
  period: Period,
): Pick<SloCalendarJson, "days" | "budgetOf"> {
  const byDay = Map.groupBy(figures, ({ day }) => day.getTime());
  const days = daysOf(period).map((day) => ({ day, parts: byDay.get(day.getTime()) ?? [] }));
  const subject = subjectOf({ ...items, tiers: [...items.tiers] });
  const allowed = subject.timeliness.hours.budget?.allowed ?? 0;
  const spends = ({ tier }: DayFigures) => subject.scope !== "tier" || tier === subject.name;
  const left = burnDown(
    days.map(({ parts }) => {
      const spending = parts.filter(spends);
      return sumOf(spending, "dueHours") - sumOf(spending, "metHours");
    }),
    allowed,
  );
  return {
    budgetOf: allowed > 0 ? subject.name : null,
    days: days.map(({ day, parts }, index) => {
      const due = sumOf(parts, "dueHours");
      const met = sumOf(parts, "metHours");
      return {
        day: formatDay(day),
        due,
        met,
        missed: due - met,
        excused: sumOf(parts, "excusedHours"),
        attainment: due > 0 ? met / due : null,
        incomplete: sumOf(parts, "incompleteHours"),
        unverified: sumOf(parts, "unverifiedHours"),
        lostEvents: sumOf(parts, "lostEvents"),
        skewedEvents: sumOf(parts, "skewedEvents"),
        budgetRemaining: sumOf(parts.filter(spends), "dueHours") > 0 ? (left[index] ?? null) : null,
      };
    }),
  };
}

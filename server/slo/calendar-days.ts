import type { SloCalendarJson, SloItemJson } from "#domain/api/slo.ts";
import { burnDown, daysOf, formatDay, type Period } from "#domain/slo.ts";
import type { DayFigures } from "./load-day-figures.ts";

/** Every day of the period with its counts, and the period's budget left after it. */
export function calendarDays(
  figures: readonly DayFigures[],
  total: SloItemJson,
  period: Period,
): SloCalendarJson["days"] {
  const byDay = Map.groupBy(figures, ({ day }) => day.getTime());
  const days = daysOf(period).map((day) => ({ day, parts: byDay.get(day.getTime()) ?? [] }));
  const left = burnDown(
    days.map(({ parts }) => sum(parts, "spentHours")),
    total.timeliness.hours.budget?.allowed ?? 0,
  );
  return days.map(({ day, parts }, index) => {
    const due = sum(parts, "dueHours");
    const met = sum(parts, "metHours");
    return {
      day: formatDay(day),
      due,
      met,
      missed: due - met,
      excused: sum(parts, "excusedHours"),
      attainment: due > 0 ? met / due : null,
      incomplete: sum(parts, "incompleteHours"),
      unverified: sum(parts, "unverifiedHours"),
      lostEvents: sum(parts, "lostEvents"),
      skewedEvents: sum(parts, "skewedEvents"),
      budgetRemaining: due > 0 ? (left[index] ?? null) : null,
    };
  });
}

type Counted = Exclude<keyof DayFigures, "day" | "tier" | "owner">;

function sum(parts: readonly DayFigures[], field: Counted): number {
  return parts.reduce((total, part) => total + part[field], 0);
}

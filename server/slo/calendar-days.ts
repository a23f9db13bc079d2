import type { SloCalendarJson, SloItemJson } from "#domain/api/slo.ts";
import { addCounts, burnDown, daysOf, formatDay, type Period } from "#domain/slo.ts";
import type { DayFigures } from "./load-day-figures.ts";

/** Every day of the period with what counts of it, and what is left of the month's budget after it. */
export function calendarDays(
  figures: readonly DayFigures[],
  total: SloItemJson,
  period: Period,
): SloCalendarJson["days"] {
  const byDay = Map.groupBy(figures, ({ day }) => day.getTime());
  const days = daysOf(period).map((day) => {
    const ofDay = byDay.get(day.getTime()) ?? [];
    return { day, counts: addCounts(ofDay), spent: ofDay.reduce((sum, { spentHours }) => sum + spentHours, 0) };
  });
  const budget = total.timeliness.hours.budget;
  const left = burnDown(
    days.map(({ spent }) => spent),
    budget?.allowed ?? 0,
  );
  return days.map(({ day, counts }, index) => ({
    day: formatDay(day),
    due: counts.dueHours,
    met: counts.metHours,
    missed: counts.dueHours - counts.metHours,
    excused: counts.excusedHours,
    attainment: counts.dueHours > 0 ? counts.metHours / counts.dueHours : null,
    incomplete: counts.provenHours - counts.completeHours,
    unverified: counts.unverifiedHours,
    lostEvents: counts.lostEvents,
    skewedEvents: counts.skewedEvents,
    budgetRemaining: counts.dueHours > 0 ? (left[index] ?? null) : null,
  }));
}

import type { SloCalendarJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { calendarOf } from "./calendar-days.ts";
import { loadDayFigures } from "./load-day-figures.ts";
import { checkFilter, type PeriodInput, readPeriod, type SloFilter } from "./slo-input.ts";
import { groupItems, toPeriod, toTotal } from "./slo-item.ts";
import { loadTypeFigures } from "./type-figures.ts";

/** A month day by day, with the budget's burn-down. */
export async function readCalendar({ ctx, input }: Call<PeriodInput & SloFilter>): Promise<SloCalendarJson> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  const period = readPeriod(input, now);
  await checkFilter(sql, input);
  const [types, figures] = await Promise.all([
    loadTypeFigures(sql, period, input, now),
    loadDayFigures(sql, period, input),
  ]);
  const total = toTotal(types, input);
  return {
    period: toPeriod(period, types),
    total,
    ...calendarOf(figures, { total, tiers: groupItems("tier", types) }, period),
    asOf: formatInstant(now),
  };
}

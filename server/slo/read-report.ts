import type { SloReport } from "#domain/api/slo-report.ts";
import { monthOf } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { composeReport } from "./compose-report.ts";
import { countPendingDays } from "./count-pending-days.ts";
import { listExcuses } from "./list-excuses.ts";
import { listRestatements } from "./list-restatements.ts";
import { loadCauses } from "./load-causes.ts";
import { loadDayFigures } from "./load-day-figures.ts";
import { loadIncidents } from "./load-incidents.ts";
import { readMonths } from "./read-months.ts";
import { checkFilter, type PeriodInput, readPeriod, type SloFilter } from "./slo-input.ts";
import { isAsked, loadFiguresBefore, loadTypeFigures } from "./type-figures.ts";

const restatementsShown = 20;

/** Everything on the managers' page, for a month or the last 28 days. */
export async function readReport({ ctx, input }: Call<PeriodInput & SloFilter>): Promise<SloReport> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  const period = readPeriod(input, now);
  await checkFilter(sql, input);
  const { tier, owner, eventType } = input;
  const filter = { ...(tier && { tier }), ...(owner && { owner }), ...(eventType && { eventType }) };
  // The current month if the period is the last 28 days.
  const month = (period.kind === "month" ? period.from : monthOf(now)).toISOString().slice(0, 7);
  const [everything, earlier, figures, causes, months, restatements, excuses, pendingDays] = await Promise.all([
    loadTypeFigures(sql, period, {}, now),
    loadFiguresBefore(sql, period, filter, now),
    loadDayFigures(sql, period, filter),
    loadCauses(sql, period),
    readMonths({ ctx, input: { ...filter, month } }),
    listRestatements({ ctx, input: { ...filter, month, limit: restatementsShown, after: null } }),
    listExcuses({ ctx, input: { period, limit: restatementsShown, after: null } }),
    countPendingDays(sql),
  ]);
  const types = everything.filter((type) => isAsked(type, filter));
  // Once the types are known: only their affected hours are queried.
  const names = types.map(({ name }) => name);
  const incidents = await loadIncidents(sql, period, names, now);
  return composeReport({
    period,
    now,
    filter,
    everything,
    earlier,
    figures,
    causes,
    months: months.items,
    incidents,
    restatements,
    excuses: excuses.items,
    pendingDays,
  });
}

import type { SloAttainmentJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import { allWithChanges, withChanges } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { countPendingDays } from "./count-pending-days.ts";
import { checkFilter, type PeriodInput, readPeriod, type SloFilter } from "./slo-input.ts";
import { toItems, toPeriod, toTotal } from "./slo-item.ts";
import { loadFiguresBefore, loadTypeFigures } from "./type-figures.ts";

/** Attainment and remaining error budget of tiers and types, for a month or the last 28 days. */
export async function readAttainment({
  ctx,
  input,
}: Call<PeriodInput & SloFilter>): Promise<Omit<SloAttainmentJson, "nextCursor">> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  const period = readPeriod(input, now);
  await checkFilter(sql, input);
  const [types, before, pendingDays] = await Promise.all([
    loadTypeFigures(sql, period, input, now),
    loadFiguresBefore(sql, period, input, now),
    countPendingDays(sql),
  ]);
  return {
    period: toPeriod(period, types),
    total: withChanges(toTotal(types, input), toTotal(before, input)),
    items: allWithChanges(toItems(types), toItems(before)),
    pendingDays,
    asOf: formatInstant(now),
  };
}

import type { SloMonthsJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import { addMonths, allWithChanges, monthPeriod, withChanges } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { loadMonthlyFigures } from "./monthly-figures.ts";
import { checkFilter, readMonth, type SloFilter } from "./slo-input.ts";
import { tierItems, toPeriod, toTotal } from "./slo-item.ts";

/** A year, plus the same month of the previous year. */
const shownMonths = 13;

/** The 13 months ending with `month`, oldest first; months without counted hours are included, empty. */
export async function readMonths({
  ctx,
  input,
}: Call<{ month?: string | undefined } & SloFilter>): Promise<Omit<SloMonthsJson, "nextCursor">> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  const last = readMonth(input.month, now);
  await checkFilter(sql, input);
  // One more, which the first is compared with.
  const range = { from: addMonths(last, -shownMonths), to: addMonths(last, 1) };
  const [figures, restatements] = await Promise.all([
    loadMonthlyFigures(sql, range, input, now),
    countRestatements(sql, range, input),
  ]);
  const months = Array.from({ length: shownMonths + 1 }, (_, index) => {
    const month = addMonths(range.from, index);
    const types = figures.get(month.getTime()) ?? [];
    return {
      period: toPeriod(monthPeriod(month), types),
      restatements: restatements.get(month.getTime()) ?? 0,
      total: toTotal(types, input),
      tiers: tierItems(types),
    };
  });
  const items = months.slice(1).map((month, index) => ({
    ...month,
    total: withChanges(month.total, months[index]?.total),
    tiers: allWithChanges(month.tiers, months[index]?.tiers ?? []),
  }));
  return { items, asOf: formatInstant(now) };
}

async function countRestatements(
  sql: Sql,
  { from, to }: { from: Date; to: Date },
  { tier, owner, eventType }: SloFilter,
): Promise<Map<number, number>> {
  const { rows } = await sql.query<{ month: Date; count: number }>(
    `SELECT r.month, count(DISTINCT coalesce(r.act, r.id::text))::int AS count
       FROM slo_restatement r
       JOIN event_type t ON t.id = r.event_type_id
      WHERE r.month >= $1 AND r.month < $2 AND ($3::text IS NULL OR t.tier = $3) AND ($4::text IS NULL OR t.owner = $4)
        AND ($5::text IS NULL OR t.name = $5)
      GROUP BY 1`,
    [from, to, tier ?? null, owner ?? null, eventType ?? null],
  );
  return new Map(rows.map(({ month, count }) => [month.getTime(), count]));
}

import { addDays, addMonths, countsDiffer, monthOf, noCounts, type SloCounts } from "#domain/slo.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { DayKey } from "./claim-days.ts";
import { countColumnList, countColumns, pickCounts, selectCounts } from "./count-columns.ts";

export interface SummedMonth {
  readonly eventTypeId: number;
  readonly month: Date;
  /** null: not frozen. */
  readonly frozenCounts: SloCounts | null;
  readonly before: SloCounts;
  readonly after: SloCounts;
}

type MonthRow = SloCounts & { eventTypeId: number; month: Date; frozenCounts: SloCounts | null };

const months = bulkRows({ eventTypeId: "int", month: "timestamptz", lastDay: "timestamptz" });
const restatedMonths = bulkRows({ eventTypeId: "int", month: "timestamptz", restated: "bool" });

/** Adds up the days' months, and returns what each was before. */
export async function sumMonths(tx: Sql, days: readonly Pick<DayKey, "eventTypeId" | "day">[]): Promise<SummedMonth[]> {
  // The last day is a parameter: the session's time zone must not decide what a month is.
  const keys = uniqueMonths(days).map((key) => ({ ...key, lastDay: addDays(addMonths(key.month, 1), -1) }));
  if (keys.length === 0) return [];
  const { rows: old } = await tx.query<MonthRow>(
    `SELECT m.event_type_id AS "eventTypeId", m.month, ${selectCounts("m")}
       FROM ${months.from("k")}
       JOIN slo_month m ON m.event_type_id = k.event_type_id AND m.month = k.month`,
    months.values(keys),
  );
  const before = new Map(old.map((row) => [keyOf(row), pickCounts(row)]));
  const { rows } = await tx.query<MonthRow>(sumStatement, months.values(keys));
  return rows.map((row) => ({
    eventTypeId: row.eventTypeId,
    month: row.month,
    frozenCounts: row.frozenCounts,
    before: before.get(keyOf(row)) ?? noCounts(),
    after: pickCounts(row),
  }));
}

/** Records whether frozen months now differ from their frozen counts. */
export async function markRestated(tx: Sql, summed: readonly SummedMonth[]): Promise<void> {
  if (summed.length === 0) return;
  const months = summed.map(({ frozenCounts, after, ...month }) => {
    return { ...month, restated: frozenCounts !== null && countsDiffer(frozenCounts, after) };
  });
  await tx.query(
    `UPDATE slo_month m SET restated = k.restated
       FROM ${restatedMonths.from("k")}
      WHERE m.event_type_id = k.event_type_id AND m.month = k.month AND m.restated <> k.restated`,
    restatedMonths.values(months),
  );
}

const sums = countColumns.map((column) => `coalesce(sum(d.${column}), 0)`).join(", ");
const replaced = countColumns.map((column) => `${column} = excluded.${column}`).join(", ");
const sumStatement = `
INSERT INTO slo_month AS m (event_type_id, month, ${countColumnList})
SELECT k.event_type_id, k.month, ${sums}
  FROM ${months.from("k")}
  LEFT JOIN slo_day d ON d.event_type_id = k.event_type_id AND d.day BETWEEN k.month AND k.last_day
 GROUP BY 1, 2
ON CONFLICT (month, event_type_id) DO UPDATE SET ${replaced}
RETURNING m.event_type_id AS "eventTypeId", m.month, m.frozen_counts AS "frozenCounts", ${selectCounts("m")}`;

function uniqueMonths(days: readonly Pick<DayKey, "eventTypeId" | "day">[]): { eventTypeId: number; month: Date }[] {
  const found = days.map(({ eventTypeId, day }) => ({ eventTypeId, month: monthOf(day) }));
  return [...new Map(found.map((month) => [keyOf(month), month])).values()];
}

function keyOf({ eventTypeId, month }: { eventTypeId: number; month: Date }): string {
  return `${eventTypeId} ${month.getTime()}`;
}

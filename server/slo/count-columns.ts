import { type SloCounts, sloCountFields } from "#domain/slo.ts";
import { columnOf } from "#server/db/bulk-rows.ts";

/** The columns of SloCounts, in the order of sloCountFields: `excused_hours, due_hours, …`. */
export const countColumns = sloCountFields.map(columnOf);
export const countColumnList = countColumns.join(", ");

/** For bulkRows. */
export const countTypes = Object.fromEntries(sloCountFields.map((field) => [field, "float8"])) as Record<
  keyof SloCounts,
  "float8"
>;

/** `d.excused_hours AS "excusedHours", …` */
export function selectCounts(alias: string): string {
  return sloCountFields.map((field, index) => `${alias}.${countColumns[index]} AS "${field}"`).join(", ");
}

/** Sums as float8: hours are few, events are doubles already. */
export function selectCountSums(alias: string): string {
  return sloCountFields
    .map((field, index) => `coalesce(sum(${alias}.${countColumns[index]}), 0)::float8 AS "${field}"`)
    .join(", ");
}

export function pickCounts(row: SloCounts): SloCounts {
  return Object.fromEntries(sloCountFields.map((field) => [field, row[field]])) as unknown as SloCounts;
}

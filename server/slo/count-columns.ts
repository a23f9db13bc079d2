import { type SloCounts, sloCountFields } from "#domain/slo.ts";

const toColumn = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of SloCounts, in the order of sloCountFields: `excused_hours, due_hours, …`. */
export const countColumns = sloCountFields.map(toColumn);
export const countColumnList = countColumns.join(", ");

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

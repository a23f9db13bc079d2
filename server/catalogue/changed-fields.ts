import { formatDuration } from "#domain/duration.ts";
import { formatHour } from "#domain/hour.ts";
import type { DatacenterRow, TierRow } from "./catalogue-rows.ts";

/** A field as in the catalogue's files; null: absent. */
export type FieldValue =
  | string
  | number
  | boolean
  | readonly FieldValue[]
  | { readonly [member: string]: FieldValue }
  | null;

export interface FieldChange {
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

export type Fields<Row> = Record<string, (row: Row) => FieldValue>;

export const tierFields: Fields<TierRow> = {
  deadline: (row) => duration(row.deadlineSeconds),
  objective: (row) => row.objective,
  "objectives.completeness": (row) => row.objectiveCompleteness,
  "objectives.skew": (row) => row.objectiveSkew,
};

export const datacenterFields: Fields<DatacenterRow> = {
  displayName: (row) => row.displayName,
  activeFrom: (row) => hour(row.activeFrom),
  activeTo: (row) => hour(row.activeTo),
};

/** The fields in which two rows differ; all that are set if there was no row before. */
export function changedFields<Row>(fields: Fields<Row>, before: Row | null, after: Row): FieldChange[] {
  return Object.entries(fields).flatMap(([field, read]) => {
    const from = before === null ? null : read(before);
    const to = read(after);
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  });
}

export function duration(seconds: number | null): string | null {
  return seconds === null ? null : formatDuration(seconds);
}

function hour(start: Date | null): string | null {
  return start === null ? null : formatHour(start);
}

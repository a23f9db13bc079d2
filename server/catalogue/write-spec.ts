import type { Fields, FieldValue } from "./changed-fields.ts";

/** A row that documents set. */
export interface SpecRow {
  readonly name: string;
  /** null: discovered, and not claimed. */
  readonly claimedAt?: Date | null;
}

/** A noun's spec as a file or request would contain it: without defaults; applying it again changes nothing. null: unclaimed. */
export function writeSpec<Row extends SpecRow>(fields: Fields<Row>, row: Row): Record<string, FieldValue> | null {
  if (row.claimedAt === null) return null;
  const spec: Record<string, FieldValue> = {};
  for (const [path, read] of Object.entries(fields)) {
    const value = read(row);
    if (value === null) continue;
    const [field = "", member] = path.split(".");
    if (member === undefined) spec[field] = value;
    else spec[field] = { ...(spec[field] as Record<string, FieldValue> | undefined), [member]: value };
  }
  return spec;
}

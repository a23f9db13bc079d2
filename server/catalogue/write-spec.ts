import type { Fields, FieldValue } from "./changed-fields.ts";

/** A noun's spec as a file or request would contain it: without defaults; applying it again changes nothing. */
export function writeSpec<Row>(fields: Fields<Row>, row: Row): Record<string, FieldValue> {
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

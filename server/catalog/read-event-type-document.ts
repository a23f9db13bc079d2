import { stringify } from "yaml";
import { apiVersion } from "#domain/catalogue.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { eventTypeFields, type FieldValue } from "./changed-fields.ts";
import { loadEventTypes } from "./load-catalogue.ts";

/** What the catalogue says of a type, as a file would write it; null: nothing, for it is not claimed. */
export async function readEventTypeDocument({
  ctx,
  input,
}: {
  ctx: Context;
  input: { name: string };
}): Promise<string | null> {
  requireScope(ctx, "read");
  const [row] = await loadEventTypes(ctx.database.sql, [input.name]);
  if (!row?.claimedAt) return null;
  const spec: Record<string, FieldValue | Record<string, FieldValue>> = {};
  for (const [path, read] of Object.entries(eventTypeFields)) {
    const value = read(row);
    if (value === null) continue;
    const [field = "", member] = path.split(".");
    if (member === undefined) spec[field] = value;
    else spec[field] = { ...(spec[field] as Record<string, FieldValue> | undefined), [member]: value };
  }
  return stringify({ apiVersion, kind: "EventType", metadata: { name: row.name }, spec }, { lineWidth: 0 });
}

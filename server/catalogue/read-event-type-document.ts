import { stringify } from "yaml";
import { apiVersion } from "#domain/catalogue.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { eventTypeFields } from "./event-type-columns.ts";
import { loadEventTypes } from "./load-catalogue.ts";
import { writeSpec } from "./write-spec.ts";

/** A type's catalogue entry as a file would contain it; null if it is not claimed. */
export async function readEventTypeDocument({ ctx, input }: Call<{ name: string }>): Promise<string | null> {
  requireScope(ctx, "read");
  const [row] = await loadEventTypes(ctx.database.sql, [input.name]);
  const spec = row ? writeSpec(eventTypeFields, row) : null;
  return spec && stringify({ apiVersion, kind: "EventType", metadata: { name: input.name }, spec }, { lineWidth: 0 });
}

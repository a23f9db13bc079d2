import type { VolumeExclusionJson } from "#domain/api/volume.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type ExclusionRow, exclusionColumns, toExclusionJson } from "./exclusion-json.ts";

export interface ExclusionKey {
  from: string;
  id: string;
}

/** Marked incidents, newest first, including removed marks: they help explain a baseline. */
export async function listExclusions({
  ctx,
  input,
}: {
  ctx: Context;
  input: { eventType?: string | undefined; after: ExclusionKey | null; limit: number };
}): Promise<Page<VolumeExclusionJson, ExclusionKey>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<ExclusionRow>(
    `SELECT ${exclusionColumns}
       FROM volume_exclusion x
       LEFT JOIN event_type t ON t.id = x.event_type_id
       LEFT JOIN datacenter d ON d.id = x.datacenter_id
      WHERE ($1::text IS NULL OR x.event_type_id IS NULL OR t.name = $1)
        AND ($2::timestamptz IS NULL OR (x.from_at, x.id) < ($2, $3))
      ORDER BY x.from_at DESC, x.id DESC
      LIMIT $4`,
    [input.eventType ?? null, input.after && new Date(input.after.from), input.after?.id ?? null, input.limit + 1],
  );
  const page = cutPage(rows, input.limit, (row) => ({ from: row.from.toISOString(), id: row.id }));
  return { ...page, items: page.items.map(toExclusionJson) };
}

import type { SilenceJson } from "#domain/api/silences.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type SilenceRow, silenceColumns, toSilenceJson } from "./silence-row.ts";

export interface SilenceKey {
  readonly createdAt: string;
  readonly id: string;
}

/** Newest first; expired ones only on request. */
export async function listSilences({
  ctx,
  input,
}: {
  ctx: Context;
  input: { withExpired: boolean; after: SilenceKey | null; limit: number };
}): Promise<Page<SilenceJson, SilenceKey>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { rows } = await ctx.database.sql.query<SilenceRow>(
    `SELECT ${silenceColumns} FROM silence
      WHERE ($1 OR ends_at > $2) AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
      ORDER BY created_at DESC, id DESC
      LIMIT $5`,
    [input.withExpired, now, input.after && new Date(input.after.createdAt), input.after?.id ?? null, input.limit + 1],
  );
  const page = cutPage(rows, input.limit, ({ createdAt, id }) => ({ createdAt: createdAt.toISOString(), id }));
  return { ...page, items: page.items.map((row) => toSilenceJson(row, now)) };
}

import type { CorrectionJson } from "#domain/api/corrections.ts";
import type { CorrectionAction } from "#domain/correction.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type CorrectionRow, correctionColumns, toCorrectionJson } from "./correction-row.ts";

export interface ListCorrectionsInput {
  eventType?: string | undefined;
  datacenter?: string | undefined;
  action?: CorrectionAction | undefined;
  /** True: those in force; false: undone ones. */
  active?: boolean | undefined;
  /** Those that concern this hour, if their hours are known in advance. */
  hour?: Date | undefined;
  /** Only smaller ids: the next page. */
  before: bigint | null;
  limit: number;
}

/**
 * Corrections, newest first. For a type also resets of a whole datacenter, which name no type; for an hour those
 * that could affect it.
 */
export async function listCorrections({
  ctx,
  input,
}: {
  ctx: Context;
  input: ListCorrectionsInput;
}): Promise<Page<CorrectionJson, string>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<CorrectionRow>(
    `SELECT ${correctionColumns} FROM correction c
      WHERE ($1::text IS NULL OR c.event_type = $1 OR (c.action = 'reset-watermark' AND c.event_type IS NULL))
        AND ($2::text IS NULL OR c.datacenter = $2)
        AND ($3::text IS NULL OR c.action = $3)
        AND ($4::boolean IS NULL OR (c.undone_at IS NULL) = $4)
        AND ($5::timestamptz IS NULL
             OR (coalesce(c.from_hour <= $5, true) AND coalesce(c.to_hour > $5, true)
                 AND coalesce(c.after_at < $5::timestamptz + interval '1 hour', true)))
        AND ($6::bigint IS NULL OR c.id < $6)
      ORDER BY c.id DESC LIMIT $7`,
    [
      input.eventType ?? null,
      input.datacenter ?? null,
      input.action ?? null,
      input.active ?? null,
      input.hour ?? null,
      input.before,
      input.limit + 1,
    ],
  );
  const page = cutPage(rows, input.limit, ({ id }) => String(id));
  return { ...page, items: page.items.map(toCorrectionJson) };
}

import type { SilenceJson } from "#domain/api/silences.ts";
import { type Labels, matchesAll } from "#domain/routing.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type SilenceRow, silenceColumns, toSilence, toSilenceJson } from "./silence-row.ts";

export interface SilenceKey {
  readonly createdAt: string;
  readonly id: string;
}

/** Newest first; expired ones only on request. Of an incident: a page can be shorter than its limit. */
export async function listSilences({
  ctx,
  input,
}: {
  ctx: Context;
  input: { withExpired: boolean; incident?: string | undefined; after: SilenceKey | null; limit: number };
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
  const alerts = input.incident === undefined ? null : await loadLabelsOf(ctx.database.sql, input.incident);
  const concerns = (row: SilenceRow) => {
    const { matchers } = toSilence(row);
    return alerts === null || (matchers.length > 0 && alerts.some((labels) => matchesAll(matchers, labels)));
  };
  const page = cutPage(rows, input.limit, ({ createdAt, id }) => ({ createdAt: createdAt.toISOString(), id }));
  return { ...page, items: page.items.filter(concerns).map((row) => toSilenceJson(row, now)) };
}

async function loadLabelsOf(sql: Sql, incident: string): Promise<Labels[]> {
  const { rows } = await sql.query<{ labels: Labels }>("SELECT labels FROM alert WHERE incident_id::text = $1", [
    incident,
  ]);
  return rows.map(({ labels }) => labels);
}

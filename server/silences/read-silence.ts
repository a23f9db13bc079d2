import type { SilenceJson } from "#domain/api/silences.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { type SilenceRow, silenceColumns, toSilenceJson } from "./silence-row.ts";

export async function readSilence({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<SilenceJson> {
  requireScope(ctx, "read");
  const row = await findSilence(ctx.database.sql, input.id);
  if (!row) throw noSilence(input.id);
  return toSilenceJson(row, ctx.clock.now());
}

async function findSilence(sql: Sql, id: string): Promise<SilenceRow | null> {
  const { rows } = await sql.query<SilenceRow>(
    // compared as text, so an invalid uuid is just not found
    `SELECT ${silenceColumns} FROM silence WHERE id::text = lower($1)`,
    [id],
  );
  return rows[0] ?? null;
}

export function noSilence(id: string): NotFound {
  return new NotFound(`There is no silence "${id}". GET /api/v1/silences lists them.`);
}

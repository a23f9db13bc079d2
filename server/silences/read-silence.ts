import type { SilenceJson } from "#domain/api/silences.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { type SilenceRow, silenceColumns, toSilenceJson } from "./silence-row.ts";

export async function readSilence({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<SilenceJson> {
  requireScope(ctx, "read");
  return toSilenceJson(await findSilence(ctx.database.sql, input.id), ctx.clock.now());
}

/** The silence, row-locked until the transaction ends, so that acts on it are serialised. */
export function holdSilence(tx: Sql, id: string): Promise<SilenceRow> {
  return findSilence(tx, id, "FOR UPDATE");
}

async function findSilence(sql: Sql, id: string, lock: "FOR UPDATE" | "" = ""): Promise<SilenceRow> {
  const { rows } = await sql.query<SilenceRow>(
    // compared as text, so an invalid uuid is just not found
    `SELECT ${silenceColumns} FROM silence WHERE id::text = lower($1) ${lock}`,
    [id],
  );
  if (!rows[0]) throw noSilence(id);
  return rows[0];
}

export function noSilence(id: string): NotFound {
  return new NotFound(`There is no silence "${id}". GET /api/v1/silences lists them.`);
}

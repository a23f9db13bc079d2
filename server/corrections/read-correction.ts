import type { CorrectionJson } from "#domain/api/corrections.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { type CorrectionRow, correctionColumns, toCorrectionJson } from "./correction-row.ts";

export async function readCorrection({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<CorrectionJson> {
  requireScope(ctx, "read");
  return loadCorrection(ctx.database.sql, input.id);
}

/** NotFound if there is none. */
export async function loadCorrection(sql: Sql, id: string): Promise<CorrectionJson> {
  requireId(id);
  const { rows } = await sql.query<CorrectionRow>(`SELECT ${correctionColumns} FROM correction c WHERE c.id = $1`, [
    id,
  ]);
  if (!rows[0]) throw noCorrection(id);
  return toCorrectionJson(rows[0]);
}

export function noCorrection(id: string): NotFound {
  return new NotFound(`Correction ${id} does not exist. GET /api/v1/corrections lists them.`);
}

/** NotFound for what cannot be an id. */
export function requireId(id: string): void {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw noCorrection(id);
}

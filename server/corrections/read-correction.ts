import type { CorrectionJson } from "#domain/api/corrections.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Nouns } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { toCorrectionJson } from "./correction-row.ts";

export async function readCorrection({ ctx, input }: Call<{ id: string }>): Promise<CorrectionJson> {
  requireScope(ctx, "read");
  return loadCorrection(ctx.database, input.id);
}

/** NotFound if there is none. */
export async function loadCorrection({ prisma }: Nouns, id: string): Promise<CorrectionJson> {
  requireId(id);
  const row = await prisma.correction.findUnique({ where: { id: BigInt(id) } });
  if (!row) throw noCorrection(id);
  return toCorrectionJson(row);
}

export function noCorrection(id: string): NotFound {
  return new NotFound(`Correction "${id}" does not exist. GET /api/v1/corrections lists them.`);
}

/** NotFound for what cannot be an id. */
export function requireId(id: string): void {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw noCorrection(id);
}

import type { SilenceJson } from "#domain/api/silences.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Nouns, Transaction } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { uuidPattern } from "#server/page.ts";
import { type SilenceRow, toSilenceJson } from "./silence-row.ts";

export async function readSilence({ ctx, input }: Call<{ id: string }>): Promise<SilenceJson> {
  requireScope(ctx, "read");
  return toSilenceJson(await findSilence(ctx.database, input.id), ctx.clock.now());
}

/** The silence, row-locked until the transaction ends, so that acts on it are serialised. */
export async function holdSilence(tx: Transaction, id: string): Promise<SilenceRow> {
  await tx.query("SELECT FROM silence WHERE id::text = lower($1) FOR UPDATE", [id]);
  return findSilence(tx, id);
}

async function findSilence({ prisma }: Nouns, id: string): Promise<SilenceRow> {
  const row = uuidPattern.test(id) ? await prisma.silence.findUnique({ where: { id } }) : null;
  if (!row) throw noSilence(id);
  return row as SilenceRow;
}

export function noSilence(id: string): NotFound {
  return new NotFound(`Silence "${id}" does not exist. GET /api/v1/silences lists them.`);
}

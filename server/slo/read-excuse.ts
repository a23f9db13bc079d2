import type { SloExcuseJson } from "#domain/api/slo.ts";
import { type Call, type Context, requireLimits, requireScope } from "#server/access/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { type ExcuseRow, toExcuseJson } from "./list-excuses.ts";

export type StoredExcuse = ExcuseRow & { eventTypeIds: number[] };

/** One excuse, as the list has it. */
export async function readExcuseById({ ctx, input }: Call<{ id: string }>): Promise<SloExcuseJson> {
  requireScope(ctx, "read");
  return ctx.database.transaction(async (tx) => {
    const { eventTypeIds, ...excuse } = await loadExcuse(tx, input.id);
    return toExcuseJson(excuse);
  });
}

/** Locked for a change, if the caller may change it and knows its present state. */
export async function lockExcuse(
  ctx: Context,
  tx: Transaction,
  { id, precondition }: { id: string; precondition?: Precondition | undefined },
): Promise<StoredExcuse> {
  // Row lock: of an approval and a revocation at once the second sees the first.
  await tx.query("SELECT FROM slo_excuse WHERE id = $1 FOR UPDATE", [id]);
  const excuse = await loadExcuse(tx, id);
  requireLimits(ctx, ...excuse.eventTypes.map((eventType) => ({ eventType, datacenter: null })));
  checkPrecondition(precondition, { what: `Excuse ${id}`, tag: toExcuseJson(excuse).etag });
  return excuse;
}

async function loadExcuse(tx: Transaction, id: string): Promise<StoredExcuse> {
  const excuse = await tx.prisma.sloExcuse.findUnique({ where: { id } });
  if (!excuse) throw new NotFound(`Excuse "${id}" does not exist. GET /api/v1/slo/excuses lists them.`);
  const types = await tx.prisma.eventType.findMany({ where: { id: { in: excuse.eventTypeIds } } });
  return { ...excuse, eventTypes: types.map(({ name }) => name).sort() };
}

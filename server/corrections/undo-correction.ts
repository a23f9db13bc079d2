import type { CorrectionJson } from "#domain/api/corrections.ts";
import { readReason } from "#domain/correction.ts";
import { formatInstant } from "#domain/instant.ts";
import { stages } from "#domain/protocol.ts";
import { type Call, type Context, requireLimits, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { concernedBy } from "./create-correction.ts";
import { kindOf } from "./kinds.ts";
import { loadCorrection, noCorrection, requireId } from "./read-correction.ts";
import { requireOwnTypes } from "./require-own-types.ts";
import { workOffWhatItCan } from "./work-off-corrections.ts";

export interface UndoCorrectionInput {
  id: string;
  reason?: string | undefined;
  precondition?: Precondition | undefined;
}

const moveForMs = 4_000;

/** Facts it set aside count again and its acceptance ends. The correction stays on record, with who undid it and when. */
export async function undoCorrection({ ctx, input }: Call<UndoCorrectionInput>): Promise<CorrectionJson> {
  requireScope(ctx, "write");
  requireId(input.id);
  const reason = input.reason === undefined ? null : readReason(input.reason);
  if (input.reason !== undefined && reason === null) {
    const detail = "must be a string of 1 to 2000 visible characters, or be left out";
    throw new Invalid("The correction was not undone.", [{ parameter: "reason", detail }]);
  }
  if (ctx.ingestLimits) requireLimits(ctx, concernedBy(await loadCorrection(ctx.database, input.id)));
  await ctx.database.transaction(async (tx) => {
    await requireOwnTypes(tx, ctx, await loadCorrection(tx, input.id));
    await lockIngestGate(tx);
    const { etag } = await loadCorrection(tx, input.id);
    checkPrecondition(input.precondition, { what: `Correction ${input.id}`, tag: etag });
    const undone = await markUndone(tx, ctx, { id: input.id, reason });
    await kindOf(undone).undo(tx, ctx, undone.id);
    const { action, eventType, datacenter, stage, reporter, fromHour: from, toHour: to, afterAt: after } = undone;
    const before = { action, eventType, datacenter, stage: stage && stages[stage - 1], reporter, from, to, after };
    await recordAct(tx, ctx, { act: "correction.undone", name: input.id, before, reason });
  });
  await workOffWhatItCan(ctx, moveForMs);
  return loadCorrection(ctx.database, input.id);
}

async function markUndone(
  tx: Transaction,
  ctx: Context,
  { id, reason }: { id: string; reason: string | null },
): Promise<Correction> {
  const key = { id: BigInt(id) };
  const { count } = await tx.prisma.correction.updateMany({
    // Zero rows: there is none, or a concurrent request was first.
    where: { ...key, undoneAt: null },
    data: {
      undoneAt: ctx.clock.now(),
      undoneBy: ctx.actor,
      undoReason: reason,
      // Facts go back from the first on.
      cursorHour: null,
      cursorEventTypeId: null,
    },
  });
  const correction = await tx.prisma.correction.findUnique({ where: key });
  if (!correction) throw noCorrection(id);
  if (count === 1) return correction;
  const { undoneAt, undoneBy } = correction;
  throw new Conflict(`Correction ${id} was already undone by ${undoneBy} at ${undoneAt && formatInstant(undoneAt)}.`);
}

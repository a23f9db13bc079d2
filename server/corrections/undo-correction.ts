import type { CorrectionJson } from "#domain/api/corrections.ts";
import { readReason } from "#domain/correction.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Context, requireLimits, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { concernedBy } from "./create-correction.ts";
import { raiseVersion } from "./insert-correction.ts";
import { markedBy } from "./marked-by.ts";
import { loadCorrection, noCorrection, requireId } from "./read-correction.ts";
import { workOffWhatItCan } from "./work-off-corrections.ts";

export interface UndoCorrectionInput {
  id: string;
  reason?: string | undefined;
}

const moveForMs = 4_000;

/** Facts it set aside count again and its acceptance ends. The correction stays on record, with who undid it and when. */
export async function undoCorrection({
  ctx,
  input,
}: {
  ctx: Context;
  input: UndoCorrectionInput;
}): Promise<CorrectionJson> {
  requireScope(ctx, "write");
  requireId(input.id);
  const reason = input.reason === undefined ? null : readReason(input.reason);
  if (input.reason !== undefined && reason === null) {
    const detail = "must be a string of 1 to 2000 visible characters, or be left out";
    throw new Invalid("The correction was not undone.", [{ parameter: "reason", detail }]);
  }
  if (ctx.ingestLimits) requireLimits(ctx, concernedBy(await loadCorrection(ctx.database.sql, input.id)));
  await ctx.database.transaction(async (tx) => {
    await lockIngestGate(tx);
    const action = await markUndone(tx, ctx, { id: input.id, reason });
    if (action === "accept-hour") await endAcceptance(tx, ctx, BigInt(input.id));
    else await raiseVersion(tx);
  });
  await workOffWhatItCan(ctx, moveForMs);
  return loadCorrection(ctx.database.sql, input.id);
}

async function markUndone(
  tx: Sql,
  ctx: Context,
  { id, reason }: { id: string; reason: string | null },
): Promise<string> {
  const { rows } = await tx.query<{ action: string }>(
    `UPDATE correction SET undone_at = $2, undone_by = $3, undo_reason = $4,
            -- facts go back from the first on
            cursor_hour = NULL, cursor_event_type_id = NULL
      -- zero rows: there is none, or a concurrent request was first
      WHERE id = $1 AND undone_at IS NULL
     RETURNING action`,
    [id, ctx.clock.now(), ctx.actor, reason],
  );
  if (rows[0]) return rows[0].action;
  const { rows: undone } = await tx.query<{ at: Date; by: string }>(
    `SELECT undone_at AS at, undone_by AS by FROM correction WHERE id = $1`,
    [id],
  );
  if (!undone[0]) throw noCorrection(id);
  throw new Conflict(`Correction ${id} was already undone by ${undone[0].by} at ${formatInstant(undone[0].at)}.`);
}

async function endAcceptance(tx: Sql, ctx: Context, id: bigint): Promise<void> {
  await markedBy(tx, id);
  await tx.query(
    `INSERT INTO dirty_hour (event_type_id, hour) SELECT event_type_id, hour FROM accepted_hour WHERE correction_id = $1`,
    [id],
  );
  await tx.query("UPDATE correction SET restored_at = $2 WHERE id = $1", [id, ctx.clock.now()]);
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

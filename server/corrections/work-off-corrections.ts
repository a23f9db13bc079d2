import { setTimeout as sleep } from "node:timers/promises";
import { BatchSize } from "#domain/batch-size.ts";
import { type Call, type Context, requireAnyScope } from "#server/access/index.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Database, Nouns, Sql, Transaction } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import type { Moved } from "./correction-kind.ts";
import { kindOf } from "./kinds.ts";
import { markedBy } from "./marked-by.ts";

export interface WorkOffInput {
  /** Real milliseconds after which no further batch starts; omitted: until nothing is left. */
  forMs?: number;
}

/** Roughly how long one batch holds the ingest gate. */
const batchSizes = { targetMs: 80, least: 1, most: 256, first: 4 };
/** Milliseconds left to writers of facts per millisecond the gate is held. */
const restPerWork = 0.5;

/**
 * Moves facts that corrections set aside, and back what undone ones held, in batches that hold the ingest gate for about 80 ms.
 * One mover at a time, oldest correction first: a fact belongs to the earliest that covers it. After a crash the next caller
 * continues. Returns how many batches it moved.
 */
export async function workOffCorrections({ ctx, input }: Call<WorkOffInput>): Promise<number> {
  requireAnyScope(ctx, "write", "admin");
  const endMs = performance.now() + (input.forMs ?? Number.POSITIVE_INFINITY);
  const size = new BatchSize(batchSizes);
  let moved = 0;
  while (performance.now() < endMs) {
    const tookMs = await moveBatch(ctx, size.limit);
    if (tookMs === null) break;
    size.took(tookMs, size.limit);
    moved += 1;
    if (input.forMs !== undefined) await sleep(tookMs * restPerWork);
  }
  return moved;
}

/**
 * For whoever just committed a correction: what fails here, as when another mover is at work for long, is no failure of theirs. The evaluate
 * worker goes on with it, and reports its own failures.
 */
export async function workOffWhatItCan(ctx: Context, forMs: number): Promise<void> {
  await workOffCorrections({ ctx, input: { forMs } }).catch(() => undefined);
}

/** Returns how long it held the ingest gate, in milliseconds; null: nothing was left to move. */
async function moveBatch(ctx: Context, size: number): Promise<number | null> {
  const next = await findUnfinished(ctx.database.sql, ctx.database);
  if (!next) return null;
  if (next.undoneAt && next.cursorHour === null && next.cursorEventTypeId === null)
    await ensureHeldPartitions(ctx.database, next);
  let heldSinceMs = 0;
  const hasMoved = await ctx.database.transaction(async (tx) => {
    // Before the gate: waiting for another mover must not block writers of facts.
    await tx.query("SELECT pg_advisory_xact_lock($1)", [advisoryLocks.corrections]);
    await lockIngestGate(tx);
    heldSinceMs = performance.now();
    // Recheck under the lock: it may be finished, or undone.
    const correction = await findUnfinished(tx, tx);
    if (!correction) return false;
    await markedBy(tx, correction.id);
    const { batches } = kindOf(correction);
    const moveFacts = correction.undoneAt ? batches?.restore : batches?.move;
    if (!moveFacts) throw new Error(`Correction ${correction.id} moves no facts and is unfinished.`);
    const moved = await moveFacts(tx, { correction, size, now: ctx.clock.now() });
    await recordMoved(tx, ctx, { correction, moved });
    return true;
  });
  return hasMoved ? performance.now() - heldSinceMs : null;
}

/** Looked for again and again by a process that rarely needs Prisma: it is asked for what was found only. */
async function findUnfinished(sql: Sql, { prisma }: Nouns): Promise<Correction | null> {
  const { rows } = await sql.query<{ id: bigint }>(
    "SELECT id FROM correction WHERE applied_at IS NULL OR (undone_at IS NOT NULL AND restored_at IS NULL) ORDER BY id LIMIT 1",
  );
  return rows[0] ? prisma.correction.findUnique({ where: { id: rows[0].id } }) : null;
}

async function recordMoved(
  tx: Transaction,
  ctx: Context,
  { correction, moved }: { correction: Correction; moved: Moved },
): Promise<void> {
  const { id, undoneAt, appliedAt } = correction;
  const { cursorHour, cursorEventTypeId } = moved;
  const doneAt = moved.done ? ctx.clock.now() : null;
  await tx.prisma.correction.update({
    where: { id },
    data: {
      affectedHours: { increment: undoneAt ? 0 : moved.affectedHours },
      ...(cursorHour && { cursorHour }),
      ...(cursorEventTypeId !== undefined && { cursorEventTypeId }),
      // One that was undone before it was applied is both once its facts are back.
      appliedAt: appliedAt ?? doneAt,
      restoredAt: undoneAt && doneAt,
    },
  });
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

/** Partitions are created in their own transactions, before the one that writes to them. */
async function ensureHeldPartitions(database: Database, { id }: Correction): Promise<void> {
  const { rows } = await database.sql.query<{ hour: Date }>(
    `SELECT DISTINCT date_trunc('month', hour, 'UTC') AS hour FROM set_aside_report WHERE correction_id = $1
     UNION SELECT DISTINCT date_trunc('month', hour, 'UTC') FROM set_aside_marker WHERE correction_id = $1`,
    [id],
  );
  const hours = rows.map(({ hour }) => hour);
  await ensurePartitions(database, hours);
}

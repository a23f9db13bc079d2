import { setTimeout as sleep } from "node:timers/promises";
import { BatchSize } from "#domain/batch-size.ts";
import { type Context, requireAnyScope } from "#server/access/index.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import type { Moved } from "./correction-row.ts";
import { type CorrectionRow, correctionColumns } from "./correction-row.ts";
import { markedBy } from "./marked-by.ts";
import { moveCounts, restoreCounts } from "./move-counts.ts";
import { moveMarks, restoreMarks } from "./move-marks.ts";

export interface WorkOffInput {
  /** Real milliseconds after which no further batch starts; omitted: until nothing is left. */
  forMs?: number;
}

/** Roughly how long one batch holds the ingest gate. */
const batches = { targetMs: 80, least: 1, most: 256, first: 4 };
/** Milliseconds left to writers of facts per millisecond the gate is held. */
const restPerWork = 0.5;

/**
 * Moves facts that corrections set aside, and back what undone ones held, in batches that hold the ingest gate for about 80 ms.
 * One mover at a time, oldest correction first: a fact belongs to the earliest that covers it. After a crash the next caller
 * continues. Returns how many batches it moved.
 */
export async function workOffCorrections({ ctx, input }: { ctx: Context; input: WorkOffInput }): Promise<number> {
  requireAnyScope(ctx, "write", "admin");
  const endMs = performance.now() + (input.forMs ?? Number.POSITIVE_INFINITY);
  const size = new BatchSize(batches);
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
  const next = await findUnfinished(ctx.database.sql);
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
    const correction = await findUnfinished(tx);
    if (!correction) return false;
    await markedBy(tx, correction.id);
    const moved = await move(tx, ctx, { correction, size });
    await recordMoved(tx, ctx, { correction, moved });
    return true;
  });
  return hasMoved ? performance.now() - heldSinceMs : null;
}

async function findUnfinished(sql: Sql): Promise<CorrectionRow | null> {
  const { rows } = await sql.query<CorrectionRow>(
    `SELECT ${correctionColumns} FROM correction c
      WHERE c.applied_at IS NULL OR (c.undone_at IS NOT NULL AND c.restored_at IS NULL) ORDER BY c.id LIMIT 1`,
  );
  return rows[0] ?? null;
}

interface Step {
  correction: CorrectionRow;
  size: number;
}

function move(tx: Sql, ctx: Context, step: Step): Promise<Moved> {
  const now = ctx.clock.now();
  const isCounts = step.correction.action === "discard-counts";
  if (step.correction.undoneAt) return (isCounts ? restoreCounts : restoreMarks)(tx, { ...step, now });
  return (isCounts ? moveCounts : moveMarks)(tx, { ...step, now });
}

async function recordMoved(
  tx: Sql,
  ctx: Context,
  { correction, moved }: { correction: CorrectionRow; moved: Moved },
): Promise<void> {
  const { undoneAt } = correction;
  const now = ctx.clock.now();
  await tx.query(
    `UPDATE correction SET affected_hours = affected_hours + $2, cursor_hour = coalesce($3, cursor_hour),
            cursor_event_type_id = coalesce($4, cursor_event_type_id),
            -- one that was undone before it was applied is both once its facts are back
            applied_at = coalesce(applied_at, $5), restored_at = $6
      WHERE id = $1`,
    [
      correction.id,
      undoneAt ? 0 : moved.affectedHours,
      moved.cursorHour ?? null,
      moved.cursorEventTypeId ?? null,
      moved.done ? now : null,
      moved.done && undoneAt ? now : null,
    ],
  );
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

/** Partitions are created in their own transactions, before the one that writes to them. */
async function ensureHeldPartitions(database: Database, { id }: CorrectionRow): Promise<void> {
  const { rows } = await database.sql.query<{ hour: Date }>(
    `SELECT DISTINCT date_trunc('month', hour, 'UTC') AS hour FROM set_aside_report WHERE correction_id = $1
     UNION SELECT DISTINCT date_trunc('month', hour, 'UTC') FROM set_aside_marker WHERE correction_id = $1`,
    [id],
  );
  await ensurePartitions(
    database,
    rows.map(({ hour }) => hour),
  );
}

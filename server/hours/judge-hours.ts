import { addHours } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { judgeKeys } from "./judge-keys.ts";
import type { HourKey } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";

export interface JudgeHoursInput {
  /** At most so many dirty marks, and so many hours that time made due, in one transaction. */
  limit: number;
  /**
   * `ended`: marks of hours that are over, and whatever time made due. `running`: marks of hours that go on, of a few types: what is
   * counted of them is shown, and decides nothing yet. Left out: everything.
   */
  only?: "ended" | "running";
  /** Told when looking at alert rules failed, which never keeps verdicts from being committed; without it, it does. */
  onAlertingFailed?: (error: unknown) => void;
}

/**
 * Judges hours whose facts changed and hours that time made due, in one transaction: marks are taken, facts read, verdicts
 * and revisions written and readers woken together, so a crash at any point leaves the marks for the next judge.
 * A judge holds the rows of the types it works on, and passes over those that another holds: any number may run.
 * Returns how many marks and due hours it took; 0: nothing was to do, or others do it.
 */
export async function judgeHours({ ctx, input }: { ctx: Context; input: JudgeHoursInput }): Promise<number> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  return ctx.database.transaction(async (tx) => {
    const span = spanOf(input.only, now);
    const types = await holdTypes(tx, now, { limit: input.limit, span });
    if (types.length === 0) return 0;
    const { marks, keys: dirty } = await takeDirty(tx, types, { limit: input.limit, span });
    const due = span.due ? await findDue(tx, types, now, input.limit) : [];
    const keys = uniqueKeys([...dirty, ...due]);
    const causeOf = await causesOf(tx, dirty, due);
    const corrections = new Map(dirty.map((hour) => [verdictKey(hour), hour.correctionId]));
    const correctionOf = (hour: HourKey) => corrections.get(verdictKey(hour)) ?? null;
    await judgeKeys(tx, { ctx, keys, now, causeOf, correctionOf, onAlertingFailed: input.onAlertingFailed });
    return marks + due.length;
  });
}

interface Span {
  /** Marks of hours that start after, and up to. */
  after: Date | "-infinity";
  upTo: Date | "infinity";
  /** Marks by which types are chosen: few make a short transaction, which nobody waits for long. */
  marks: number;
  due: boolean;
}

const runningMarks = 50;

function spanOf(only: JudgeHoursInput["only"], now: Date): Span {
  const lastEnded = addHours(now, -1);
  if (only === "ended") return { after: "-infinity", upTo: lastEnded, marks: Number.MAX_SAFE_INTEGER, due: true };
  if (only === "running") return { after: lastEnded, upTo: "infinity", marks: runningMarks, due: false };
  return { after: "-infinity", upTo: "infinity", marks: Number.MAX_SAFE_INTEGER, due: true };
}

interface Marked {
  limit: number;
  span: Span;
}

/** Types with something to judge, locked until the transaction ends. Catalogue changes lock them too. */
async function holdTypes(tx: Sql, now: Date, { limit, span }: Marked): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT t.id FROM event_type t
      WHERE t.id IN (SELECT event_type_id FROM (SELECT event_type_id FROM dirty_hour
                                                 WHERE hour > $3 AND hour <= $4 ORDER BY id LIMIT $5) d
                     UNION
                     SELECT event_type_id FROM (SELECT event_type_id FROM verdict WHERE $6 AND next_due_at <= $1
                                                 ORDER BY hour DESC LIMIT $2) v)
      ORDER BY t.id
        -- another judge's types are passed over, so judges neither wait nor deadlock
        FOR NO KEY UPDATE SKIP LOCKED`,
    [now, limit, span.after, span.upTo, Math.min(limit, span.marks), span.due],
  );
  return rows.map((row) => row.id);
}

async function takeDirty(
  tx: Sql,
  types: number[],
  { limit, span }: Marked,
): Promise<{ marks: number; keys: DirtyHour[] }> {
  const { rows } = await tx.query<DirtyHour & { marks: number }>(
    `WITH taken AS (
       DELETE FROM dirty_hour
        WHERE id IN (SELECT id FROM dirty_hour
                      WHERE event_type_id = ANY ($1) AND hour > $3 AND hour <= $4 ORDER BY id LIMIT $2)
       RETURNING event_type_id, hour, correction_id
     )
     SELECT event_type_id AS "eventTypeId", hour, count(*)::int AS marks, max(correction_id) AS "correctionId"
       FROM taken GROUP BY 1, 2`,
    [types, limit, span.after, span.upTo],
  );
  return {
    marks: rows.reduce((sum, row) => sum + row.marks, 0),
    keys: rows,
  };
}

interface DirtyHour extends HourKey {
  /** The newest that moved facts of it. */
  correctionId: bigint | null;
}

/**
 * Hours that are born, asked for anew, or whose state time changes. The newest first: an hour that was just born, or ended, never
 * waits behind a past that a catalogue change asks for.
 */
async function findDue(tx: Sql, types: number[], now: Date, limit: number): Promise<DueHour[]> {
  const { rows } = await tx.query<{ event_type_id: number; hour: Date; asked: boolean }>(
    `SELECT event_type_id, hour, next_due_at = '-infinity' AS asked FROM verdict
      WHERE next_due_at <= $2 AND event_type_id = ANY ($1) ORDER BY hour DESC, event_type_id LIMIT $3`,
    [types, now, limit],
  );
  return rows.map((row) => ({ eventTypeId: row.event_type_id, hour: row.hour, asked: row.asked }));
}

interface DueHour extends HourKey {
  /** By the catalogue; else time made it due. */
  asked: boolean;
}

/** Who asked for each hour: a correction, facts that came in, the catalogue, or time alone. */
async function causesOf(tx: Sql, dirty: DirtyHour[], due: DueHour[]) {
  const corrections = await loadCorrectionCauses(tx, dirty);
  const reported = new Map(dirty.map((hour) => [verdictKey(hour), hour.correctionId]));
  const asked = new Set(due.filter((hour) => hour.asked).map(verdictKey));
  return (hour: HourKey) => {
    const key = verdictKey(hour);
    const correction = corrections.get(reported.get(key) ?? null);
    if (correction) return { cause: "correction", ...correction } as const;
    return { cause: reported.has(key) ? "reports" : asked.has(key) ? "catalogue" : "time" } as const;
  };
}

/** Who made each correction, or undid it, and what it is. */
async function loadCorrectionCauses(tx: Sql, dirty: readonly DirtyHour[]) {
  const ids = [...new Set(dirty.flatMap(({ correctionId }) => correctionId ?? []))];
  if (ids.length === 0) return new Map<bigint | null, { actor: string; reason: string }>();
  const { rows } = await tx.query<{ id: bigint; actor: string; reason: string }>(
    `SELECT id, coalesce(undone_by, created_by) AS actor,
            format('Correction %s (%s)%s: %s', id, action, CASE WHEN undone_at IS NULL THEN '' ELSE ' undone' END,
                   CASE WHEN undone_at IS NULL THEN reason ELSE coalesce(undo_reason, reason) END) AS reason
       FROM correction WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map<bigint | null, { actor: string; reason: string }>(rows.map(({ id, ...cause }) => [id, cause]));
}

function uniqueKeys(keys: HourKey[]): HourKey[] {
  return [...new Map(keys.map((key) => [verdictKey(key), key])).values()];
}

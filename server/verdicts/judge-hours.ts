import { addHours } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { retryDeadlock } from "#server/db/retry-deadlock.ts";
import { isTracing } from "#server/process/tracing.ts";
import { judgeKeys, type OnJudged } from "./judge-keys.ts";
import type { HourKey } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";
import { VerdictSpans } from "./verdict-spans.ts";

export interface JudgeHoursInput {
  /** Limit per transaction, for dirty marks and for hours that time made due. */
  limit: number;
  /**
   * `ended`: marks that facts left on ended hours, hours that time made due, and recent hours. `running`: marks on
   * running hours, of a few types: their counts are shown and decide nothing yet. `past`: hours that a correction or a
   * catalogue change wants judged again, newest first. Omitted: everything.
   */
  only?: "ended" | "running" | "past";
}

export interface JudgeHoursArgs {
  ctx: Context;
  input: JudgeHoursInput;
  onJudged: OnJudged;
}

/**
 * Judges hours whose facts changed and hours that time made due, in one transaction: it takes marks, reads facts, writes
 * verdicts and revisions and notifies readers, so a crash at any point leaves the marks for the next judge.
 * A judge holds row locks on its types and skips types that another holds, so any number may run.
 * Returns how many marks and due hours it took; 0: nothing to do, or other judges are doing it.
 */
export async function judgeHours(args: JudgeHoursArgs): Promise<number> {
  requireScope(args.ctx, "admin");
  return retryDeadlock(() => judgeOnce(args));
}

async function judgeOnce({ ctx, input, onJudged }: JudgeHoursArgs): Promise<number> {
  const now = ctx.clock.now();
  const came = new Map<string, readonly string[]>();
  const spans = isTracing() ? new VerdictSpans((hour) => came.get(verdictKey(hour)) ?? []) : null;
  const judging = ctx.database.transaction(async (tx) => {
    const span = spanOf(input.only, now);
    const asked = { limit: input.limit, span, now };
    const types = await holdTypes(tx, asked);
    if (types.length === 0) return 0;
    const { marks, keys: dirty } = await takeDirty(tx, types, asked);
    const due = span.due === "none" ? [] : await findDue(tx, types, asked);
    const keys = uniqueKeys([...dirty, ...due]);
    const causeOf = await causesOf(tx, dirty, due);
    const corrections = new Map(dirty.map((hour) => [verdictKey(hour), hour.correctionId]));
    const correctionOf = (hour: HourKey) => corrections.get(verdictKey(hour)) ?? null;
    for (const hour of dirty) if (hour.traceparents) came.set(verdictKey(hour), hour.traceparents);
    await judgeKeys(tx, { keys, now, causeOf, correctionOf, onJudged, spans });
    return marks + due.length;
  });
  if (spans)
    judging.then(
      () => spans.end(),
      (error) => spans.end(error),
    );
  return judging;
}

type AskedBy = "facts" | "corrections" | "anyone";

interface Span {
  /** Bounds of the marked hours' starts. */
  after: Date | "-infinity";
  upTo: Date | "infinity";
  /** Who set the marks. */
  by: AskedBy;
  /** Marks used to choose types: few keep the transaction short, so that others do not wait long. */
  marks: number;
  due: "soon" | "past" | "any" | "none";
}

const runningMarks = 50;
/** Hours that began this recently, including newly created ones, are judged before the past, whatever the cause. */
const recentHours = 2;

function spanOf(only: JudgeHoursInput["only"], now: Date): Span {
  const lastEnded = addHours(now, -1);
  const whole = { after: "-infinity", upTo: "infinity", marks: Number.MAX_SAFE_INTEGER } as const;
  if (only === "ended") return { ...whole, upTo: lastEnded, by: "facts", due: "soon" };
  if (only === "running") return { ...whole, after: lastEnded, by: "facts", marks: runningMarks, due: "none" };
  if (only === "past") return { ...whole, by: "corrections", due: "past" };
  return { ...whole, by: "anyone", due: "any" };
}

interface Marked {
  limit: number;
  span: Span;
  now: Date;
}

const marksOf: Record<AskedBy, { condition: string; order: string }> = {
  facts: { condition: "correction_id IS NULL", order: "hour DESC, id" },
  // A correction may mark years at once.
  corrections: { condition: "correction_id IS NOT NULL", order: "hour DESC, event_type_id" },
  anyone: { condition: "true", order: "id" },
};

/** Conditions on verdicts: $1 is now, $2 since when hours are recent. '-infinity' means the catalogue asked. */
const dueOf: Record<Span["due"], string> = {
  soon: "(next_due_at > '-infinity' AND next_due_at <= $1 OR next_due_at = '-infinity' AND hour >= $2)",
  past: "next_due_at = '-infinity' AND hour < $2 AND $1::timestamptz IS NOT NULL",
  any: "next_due_at <= $1 AND $2::timestamptz IS NOT NULL",
  none: "false AND $1 < $2::timestamptz",
};

function dueColumns(now: Date): [Date, Date] {
  return [now, addHours(now, -recentHours)];
}

/** Types with something to judge, row-locked until the commit. Catalogue changes lock them too. */
async function holdTypes(tx: Sql, { limit, span, now }: Marked): Promise<number[]> {
  const { condition, order } = marksOf[span.by];
  const { rows } = await tx.query<{ id: number }>(
    `SELECT t.id FROM event_type t
      WHERE t.id IN (SELECT event_type_id FROM (SELECT event_type_id FROM dirty_hour
                                                 WHERE hour > $4 AND hour <= $5 AND ${condition} ORDER BY ${order} LIMIT $6) d
                     UNION
                     SELECT event_type_id FROM (SELECT event_type_id FROM verdict WHERE ${dueOf[span.due]}
                                                 ORDER BY hour DESC LIMIT $3) v)
      ORDER BY t.id
        -- another judge's types are passed over, so judges neither wait nor deadlock
        FOR NO KEY UPDATE SKIP LOCKED`,
    [...dueColumns(now), limit, span.after, span.upTo, Math.min(limit, span.marks)],
  );
  return rows.map((row) => row.id);
}

async function takeDirty(
  tx: Sql,
  types: number[],
  { limit, span }: Marked,
): Promise<{ marks: number; keys: DirtyHour[] }> {
  const { condition, order } = marksOf[span.by];
  const { rows } = await tx.query<DirtyHour & { marks: number }>(
    `WITH picked AS (
       SELECT id, event_type_id, hour FROM dirty_hour
        WHERE event_type_id = ANY ($1) AND hour > $3 AND hour <= $4 AND ${condition} ORDER BY ${order} LIMIT $2
     ), taken AS (
       DELETE FROM dirty_hour
        WHERE id IN (SELECT id FROM picked
                     UNION
                     -- what a correction asks of the same hours is judged with them, and their revisions name it
                     SELECT c.id FROM dirty_hour c
                      WHERE c.correction_id IS NOT NULL AND (c.hour, c.event_type_id) IN (SELECT hour, event_type_id FROM picked))
       RETURNING event_type_id, hour, correction_id, traceparent
     )
     SELECT event_type_id AS "eventTypeId", hour, count(*)::int AS marks, max(correction_id) AS "correctionId",
            array_agg(traceparent) FILTER (WHERE traceparent IS NOT NULL) AS traceparents
       FROM taken GROUP BY 1, 2`,
    [types, limit, span.after, span.upTo],
  );
  return {
    marks: rows.reduce((sum, row) => sum + row.marks, 0),
    keys: rows,
  };
}

interface DirtyHour extends HourKey {
  /** The newest that moved its facts. */
  correctionId: bigint | null;
  /** Of the spans that committed its facts; null: traces are off. */
  traceparents: string[] | null;
}

/**
 * Hours just created, marked by the catalogue, or changing state with time. Newest first: an hour that just began
 * or ended never waits behind a past that a catalogue change marked.
 */
async function findDue(tx: Sql, types: number[], { limit, span, now }: Marked): Promise<DueHour[]> {
  const { rows } = await tx.query<{ event_type_id: number; hour: Date; asked: boolean }>(
    `SELECT event_type_id, hour, next_due_at = '-infinity' AS asked FROM verdict
      WHERE ${dueOf[span.due]} AND event_type_id = ANY ($3) ORDER BY hour DESC, event_type_id LIMIT $4`,
    [...dueColumns(now), types, limit],
  );
  return rows.map((row) => ({ eventTypeId: row.event_type_id, hour: row.hour, asked: row.asked }));
}

interface DueHour extends HourKey {
  /** Marked by the catalogue; else due by time. */
  asked: boolean;
}

/** The cause for each hour: a correction, new facts, the catalogue, or time alone. */
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

/** Who made or undid each correction, and its action. */
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

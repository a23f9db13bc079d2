import { addHours } from "#domain/hour.ts";
import { isChanged, reviseVerdict } from "#domain/revision.ts";
import { type Judgement, judgeHour } from "#domain/verdict.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { alertJudged } from "#server/alerts/alert-judged.ts";
import { tellSubscribers } from "#server/consumers/tell-subscribers.ts";
import type { Sql } from "#server/db/database.ts";
import { type JudgedForSlo, markJudgedDays } from "#server/slo/mark-days.ts";
import { type HourFacts, type HourKey, loadFacts } from "./load-facts.ts";
import { loadVerdicts, verdictKey } from "./load-verdicts.ts";
import { recountCompleteThrough } from "./recount-complete-through.ts";
import { type JudgedHour, writeRevisions, writeVerdicts } from "./write-verdicts.ts";

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
    const previous = await loadVerdicts(tx, keys);
    // Hours without a verdict row are not born yet, or nobody claimed their type: their facts wait for them.
    const facts = await loadFacts(
      tx,
      keys.filter((key) => previous.has(verdictKey(key))),
    );
    const judged = facts.flatMap((hour) => judge(hour, previous, now));
    await writeVerdicts(tx, judged, now);
    await writeRevisions(tx, judged, now);
    await markJudgedDays(tx, countedForSlo(judged, dirty, due));
    await advanceCompleteThrough(tx, judged);
    await tellSubscribers(tx, judged, now);
    await notifyReaders(tx, judged);
    // Last, so that the locks it takes are held for no longer than the commit takes.
    await alertJudged(tx, { ctx, judged, onFailure: input.onAlertingFailed ?? rethrow });
    return marks + due.length;
  });
}

function rethrow(error: unknown): never {
  throw error;
}

function judge(hour: HourFacts, previous: Awaited<ReturnType<typeof loadVerdicts>>, now: Date): JudgedHour[] {
  const before = previous.get(verdictKey(hour));
  if (!before) return [];
  const judgement: Judgement = judgeHour({ hour: hour.hour, facts: hour.facts, terms: hour.terms, now });
  return [{ eventTypeId: hour.eventTypeId, hour: hour.hour, before, judgement, ...reviseVerdict(before, judgement) }];
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
                     SELECT event_type_id FROM (SELECT event_type_id FROM verdict WHERE $6 AND next_due_at <= $1 LIMIT $2) v)
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
): Promise<{ marks: number; keys: HourKey[] }> {
  const { rows } = await tx.query<{ event_type_id: number; hour: Date; marks: number }>(
    `WITH taken AS (
       DELETE FROM dirty_hour
        WHERE id IN (SELECT id FROM dirty_hour
                      WHERE event_type_id = ANY ($1) AND hour > $3 AND hour <= $4 ORDER BY id LIMIT $2)
       RETURNING event_type_id, hour
     )
     SELECT event_type_id, hour, count(*)::int AS marks FROM taken GROUP BY 1, 2`,
    [types, limit, span.after, span.upTo],
  );
  return {
    marks: rows.reduce((sum, row) => sum + row.marks, 0),
    keys: rows.map((row) => ({ eventTypeId: row.event_type_id, hour: row.hour })),
  };
}

/** Hours that are born, asked for anew, or whose state time changes. The oldest first. */
async function findDue(tx: Sql, types: number[], now: Date, limit: number): Promise<DueHour[]> {
  const { rows } = await tx.query<{ event_type_id: number; hour: Date; asked: boolean }>(
    `SELECT event_type_id, hour, next_due_at = '-infinity' AS asked FROM verdict
      WHERE next_due_at <= $2 AND event_type_id = ANY ($1) ORDER BY next_due_at, hour LIMIT $3`,
    [types, now, limit],
  );
  return rows.map((row) => ({ eventTypeId: row.event_type_id, hour: row.hour, asked: row.asked }));
}

interface DueHour extends HourKey {
  /** By the catalogue; else time made it due. */
  asked: boolean;
}

/** Hours that may count for service levels now, or did before: those that are neither running nor on their way. */
function countedForSlo(judged: JudgedHour[], dirty: HourKey[], due: DueHour[]): JudgedForSlo[] {
  const reported = new Set(dirty.map(verdictKey));
  const asked = new Set(due.filter((hour) => hour.asked).map(verdictKey));
  const isUnderWay = (state: string) => state === "open" || state === "closing";
  return judged
    .filter(({ before, judgement }) => !isUnderWay(before.state) || !isUnderWay(judgement.state))
    .map((hour) => {
      const key = verdictKey(hour);
      const cause = reported.has(key) ? "reports" : asked.has(key) ? "catalogue" : "time";
      return { eventTypeId: hour.eventTypeId, hour: hour.hour, cause };
    });
}

function uniqueKeys(keys: HourKey[]): HourKey[] {
  return [...new Map(keys.map((key) => [verdictKey(key), key])).values()];
}

/** The last hour of the unbroken run from the type's start, for the types in which a hour became or ceased to be complete. */
async function advanceCompleteThrough(tx: Sql, judged: JudgedHour[]): Promise<void> {
  const moved = judged.filter(
    (hour) =>
      hour.before.revision === 0 || (hour.before.state === "complete") !== (hour.judgement.state === "complete"),
  );
  await recountCompleteThrough(tx, [...new Set(moved.map((hour) => hour.eventTypeId))]);
}

/** PostgreSQL refuses notifications of 8,000 bytes and more. */
const maxPayloadBytes = 7_000;

/** Wakes who waits for these hours; "*" when there are too many to name. */
async function notifyReaders(tx: Sql, judged: JudgedHour[]): Promise<void> {
  const changed = judged.filter((hour) => isChanged(hour.before, hour.judgement));
  if (changed.length === 0) return;
  const named = JSON.stringify(changed.map((hour) => [hour.eventTypeId, hour.hour.getTime()]));
  await tx.query("SELECT pg_notify('tidemark_verdict', $1)", [named.length > maxPayloadBytes ? "*" : named]);
}

import { addHours } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { ensurePartitions, monthOf } from "#server/db/partitions.ts";
import { boundedColumnsOf, createHours, typeHours } from "./create-hours.ts";
import { deleteHours } from "./delete-hours.ts";
import { judgeKeys, type OnJudged } from "./judge-keys.ts";
import type { HourKey } from "./load-facts.ts";
import { markJudgedDays } from "./mark-slo-days.ts";
import { markVerdictsChanged } from "./mark-verdicts-changed.ts";
import type { HourAction } from "./queue-hour-tasks.ts";
import { recountCompleteThrough } from "./recount-complete-through.ts";
import { retimedDays, retimeHours } from "./retime-hours.ts";

export interface RunHourTasksInput {
  /** Types per transaction, a month of each; if their hours must be judged, one. */
  limit: number;
}

export interface RunHourTasksArgs {
  ctx: Context;
  input: RunHourTasksInput;
  onJudged: OnJudged;
}

interface Step {
  id: string;
  eventTypeId: number;
  action: HourAction;
  actor: string;
  reason: string;
  from: Date;
  /** Excluded. */
  to: Date;
}

/**
 * Runs the next part of what catalogue changes require for past hours: the newest month, of a few types. A type's month is one
 * transaction, so that service levels of a frozen month are restated once; after a crash the next run repeats it. It holds the
 * types' row locks as a judge does, skips locked types, and never takes the ingest gate. Returns how many hours it processed.
 */
export async function runHourTasks({ ctx, input, onJudged }: RunHourTasksArgs): Promise<number> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  await ensurePartitions(ctx.database, await findMonths(ctx.database.sql, input.limit), now);
  return ctx.database.transaction(async (tx) => {
    const steps = await takeSteps(tx, input.limit);
    if (steps.length === 0) {
      await forgetFinished(tx);
      return 0;
    }
    const created = await createHours(tx, ofAction(steps, "create"));
    const deleted = ofAction(steps, "delete");
    await deleteHours(tx, deleted);
    const retimed = await retimeHours(tx, ofAction(steps, "retime"), now);
    const keys = [...created, ...retimed.toJudge, ...(await findHours(tx, ofAction(steps, "judge")))];
    const byType = new Map(steps.map((step) => [step.eventTypeId, step]));
    const causeOf = ({ eventTypeId }: HourKey) => {
      const { actor, reason } = byType.get(eventTypeId) ?? {};
      return { cause: "catalogue", ...(actor && reason && { actor, reason }) } as const;
    };
    const shrunk = deleted.map(({ eventTypeId }) => eventTypeId);
    await markVerdictsChanged(tx, [...shrunk, ...retimed.days.map(({ eventTypeId }) => eventTypeId)], now);
    await markJudgedDays(tx, retimedDays(retimed.days, causeOf));
    await recountCompleteThrough(tx, shrunk);
    await judgeKeys(tx, { keys, now, causeOf, onJudged });
    // The judge skipped newer hours of these locked types.
    await tx.query("SELECT pg_notify('tidemark_dirty', '')");
    return steps.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 3_600_000, 0);
  });
}

function ofAction(steps: readonly Step[], action: HourAction): Step[] {
  return steps.filter((step) => step.action === action);
}

/** Retention may have dropped them since the claim. */
async function findMonths(sql: Sql, limit: number): Promise<Date[]> {
  const { rows } = await sql.query<{ next: Date }>(
    `SELECT next_hour AS next FROM hour_task WHERE next_hour > from_hour AND action = 'create'
      ORDER BY next_hour DESC, id LIMIT $1`,
    [limit],
  );
  return rows.map(({ next }) => monthOf(addHours(next, -1)));
}

async function takeSteps(tx: Sql, limit: number): Promise<Step[]> {
  return tx.rows<Step>(
    `WITH newest AS (
       SELECT action FROM hour_task WHERE next_hour > from_hour ORDER BY next_hour DESC, id LIMIT 1
     ), next AS (
       SELECT k.id, greatest(k.from_hour, date_trunc('month', k.next_hour - interval '1 hour', 'UTC')) AS from_hour, k.next_hour
         FROM hour_task k JOIN event_type t ON t.id = k.event_type_id
        WHERE k.next_hour > k.from_hour AND ((SELECT action FROM newest) <> 'retime' OR k.action = 'retime')
        ORDER BY k.next_hour DESC, k.id
        -- judging a month holds the type's lock as long as others may wait for it; retiming it takes a part of that
        LIMIT (SELECT CASE action WHEN 'retime' THEN $1::int ELSE 1 END FROM newest)
          -- who changes the catalogue, and who judges, holds the type: neither is waited for
          FOR NO KEY UPDATE SKIP LOCKED
     )
     -- first of all: what is written next counts these hours as done
     UPDATE hour_task k SET next_hour = next.from_hour FROM next WHERE k.id = next.id
     RETURNING k.id::text, k.event_type_id AS "eventTypeId", k.action, k.actor, k.reason, next.from_hour AS from, next.next_hour AS to`,
    [limit],
  );
}

async function findHours(tx: Sql, steps: readonly Step[]): Promise<HourKey[]> {
  if (steps.length === 0) return [];
  return tx.rows<HourKey>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour
       FROM ${typeHours.from("s")}
       JOIN verdict v ON v.event_type_id = s.event_type_id AND v.hour >= s.from AND v.hour < s.to
      -- lets the planner leave other months' partitions out
      WHERE v.hour >= $4 AND v.hour < $5`,
    boundedColumnsOf(steps),
  );
}

/** Finished tasks count as progress until all are. */
async function forgetFinished(tx: Sql): Promise<void> {
  await tx.query(
    `DELETE FROM hour_task k
      WHERE k.next_hour = k.from_hour AND NOT EXISTS (SELECT FROM hour_task other WHERE other.next_hour > other.from_hour)`,
  );
}

import { type Context, requireScope } from "#server/access/index.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";
import { evaluateAlerts } from "./evaluate-alerts.ts";
import type { IncidentListener } from "./listener.ts";

export interface EvaluateDueAlertsArgs {
  ctx: Context;
  /** Types per transaction, at most. */
  input: { limit: number };
  listener: IncidentListener;
}

/**
 * Evaluates rules for types that were judged, with their closed hours, in a separate transaction: a failure here leaves the
 * marks and never prevents a verdict's commit. Any number of processes may run it: each takes types that no other has locked.
 * Returns how many types it took; 0: nothing is due, or others are doing it.
 */
export async function evaluateDueAlerts({ ctx, input, listener }: EvaluateDueAlertsArgs): Promise<number> {
  requireScope(ctx, "admin");
  return ctx.database.transaction(async (tx) => {
    const types = await takeDue(tx, input.limit);
    if (types.length > 0) await evaluateAlerts(tx, { ctx, input: { eventTypeIds: types, historyOf: types }, listener });
    return types.length;
  });
}

/** Puts the type that is due longest behind all others: what fails with it alone must not keep the others from their turn. */
export async function postponeOldestDue({ ctx }: { ctx: Context }): Promise<void> {
  await ctx.database.sql.query(
    `WITH oldest AS (
       DELETE FROM alert_due WHERE event_type_id = (SELECT event_type_id FROM alert_due ORDER BY id LIMIT 1)
       RETURNING event_type_id, due_at
     )
     INSERT INTO alert_due (event_type_id, due_at) SELECT event_type_id, min(due_at) FROM oldest GROUP BY event_type_id`,
  );
}

async function takeDue(tx: Sql, limit: number): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `WITH due AS MATERIALIZED (
       SELECT event_type_id FROM alert_due GROUP BY event_type_id ORDER BY min(id)
     ), mine AS MATERIALIZED (
       -- whoever holds a type looks at it alone until its transaction ends
       SELECT event_type_id FROM due WHERE pg_try_advisory_xact_lock($1, event_type_id) LIMIT $2
     ), taken AS (
       DELETE FROM alert_due WHERE id IN (
         SELECT id FROM alert_due WHERE event_type_id IN (SELECT event_type_id FROM mine)
          -- one that a judge holds is about what it has not committed yet: it wakes us when it has
          ORDER BY id FOR UPDATE SKIP LOCKED)
       RETURNING event_type_id
     )
     SELECT DISTINCT event_type_id AS id FROM taken`,
    [advisoryLocks.alertType, limit],
  );
  return rows.map(({ id }) => id);
}

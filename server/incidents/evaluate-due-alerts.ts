import { type Context, requireScope } from "#server/access/index.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";
import { inSpan, type SpanOptions } from "#server/process/tracing.ts";
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
    if (types.length === 0) return 0;
    const ids = types.map(({ id }) => id);
    const evaluate = () => evaluateAlerts(tx, { ctx, input: { eventTypeIds: ids, historyOf: ids }, listener });
    const [parent, ...links] = types.flatMap(({ traceparents }) => traceparents ?? []);
    // Types that nothing of note was judged of have no story.
    if (parent === undefined) await evaluate();
    else await inSpan(() => evaluationSpan(parent, links, ids.length), evaluate);
    return types.length;
  });
}

/** It goes on in the trace of the hour that made the first type due, and is linked to those of the others. */
function evaluationSpan(parent: string, links: readonly string[], eventTypes: number): SpanOptions {
  const attributes = { "tidemark.event_types": eventTypes, "db.system.name": "postgresql" };
  return { name: "evaluate alert rules", kind: "internal", parent, links, attributes };
}

interface DueType {
  id: number;
  /** null: traces are off, or no hour of it changed. */
  traceparents: string[] | null;
}

/** Puts the type that is due longest behind all others: what fails with it alone must not keep the others from their turn. */
export async function postponeOldestDue({ ctx }: { ctx: Context }): Promise<void> {
  await ctx.database.sql.query(
    `WITH oldest AS (
       DELETE FROM alert_due WHERE event_type_id = (SELECT event_type_id FROM alert_due ORDER BY id LIMIT 1)
       RETURNING event_type_id, due_at, traceparent
     )
     INSERT INTO alert_due (event_type_id, due_at, traceparent) SELECT event_type_id, min(due_at), max(traceparent) FROM oldest GROUP BY event_type_id`,
  );
}

async function takeDue(tx: Sql, limit: number): Promise<DueType[]> {
  return tx.rows<DueType>(
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
       RETURNING event_type_id, traceparent
     )
     SELECT event_type_id AS id, array_agg(traceparent) FILTER (WHERE traceparent IS NOT NULL) AS traceparents
       FROM taken GROUP BY 1`,
    [advisoryLocks.alertType, limit],
  );
}

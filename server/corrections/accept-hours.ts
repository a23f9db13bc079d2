import type { CorrectionDraft } from "#domain/correction.ts";
import { addHours, formatHour, hourEnd } from "#domain/hour.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { insertCorrection } from "./insert-correction.ts";
import { markedBy } from "./marked-by.ts";
import { resolveScope } from "./resolve-scope.ts";

/** Accepts the incomplete hours at their verdicts' figures. Returns the correction's id. */
export function acceptHours(ctx: Context, draft: CorrectionDraft): Promise<bigint> {
  return ctx.database.transaction(async (tx) => {
    const scope = await resolveScope(tx, draft);
    const range = await readRange(tx, ctx, { draft, eventTypeId: scope.eventTypeId });
    const id = await insertCorrection(tx, ctx, { draft, scope, observedThrough: null });
    await markedBy(tx, id);
    const { rows } = await tx.query<{ hours: number }>(
      `WITH accepted AS (
         INSERT INTO accepted_hour (correction_id, event_type_id, hour, lost, duplicated, known)
         SELECT $1, event_type_id, hour, lost, duplicated, known FROM verdict
          WHERE event_type_id = $2 AND hour >= $3 AND hour < $4 AND state <> 'complete'
         RETURNING event_type_id, hour
       ), marked AS (
         INSERT INTO dirty_hour (event_type_id, hour) SELECT event_type_id, hour FROM accepted RETURNING 1
       )
       SELECT count(*)::int AS hours FROM marked`,
      [id, scope.eventTypeId, range.from, range.to],
    );
    const hours = rows[0]?.hours ?? 0;
    if (hours === 0) throw new Conflict("Every hour in the range is complete. There is nothing to accept.");
    await tx.prisma.correction.update({ where: { id }, data: { affectedHours: hours, appliedAt: ctx.clock.now() } });
    await tx.query("SELECT pg_notify('tidemark_dirty', '')");
    return id;
  });
}

/** The hours that can be accepted: active, ended and judged, of a claimed type. */
export async function readRange(
  sql: Sql,
  ctx: Context,
  { draft, eventTypeId }: { draft: CorrectionDraft; eventTypeId: number | null },
): Promise<{ from: Date; to: Date }> {
  const { from, to } = draft;
  if (!from || !to) throw new Error("An acceptance needs hours.");
  const refuse = (pointer: string, detail: string) =>
    new Invalid("The hours cannot be accepted.", [{ pointer, detail }]);
  if (hourEnd(addHours(to, -1)) > ctx.clock.now()) {
    throw refuse("/to", `must name hours that have ended; ${formatHour(addHours(to, -1))} has not`);
  }
  const { rows } = await sql.query<{ claimed: boolean; hours: number; unjudged: number }>(
    `SELECT t.claimed_at IS NOT NULL AS claimed, count(v.hour)::int AS hours,
            count(v.hour) FILTER (WHERE v.revision = 0)::int AS unjudged
       FROM event_type t
       LEFT JOIN verdict v ON v.event_type_id = t.id AND v.hour >= greatest($2, t.active_from)
                          AND v.hour < least($3, coalesce(t.active_to, 'infinity'))
      WHERE t.id = $1 GROUP BY t.id`,
    [eventTypeId, from, to],
  );
  const found = rows[0];
  if (!found?.claimed) throw refuse("/eventType", `must be a claimed event type; "${draft.eventType}" has no owner`);
  if (found.hours === 0) throw refuse("/from", `must name hours in which ${draft.eventType} is active`);
  if (found.unjudged > 0) {
    throw new Conflict(`${found.unjudged} of these hours have no verdict yet. Retry in a moment.`);
  }
  return { from, to };
}

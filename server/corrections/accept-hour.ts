import type { CorrectionDraft } from "#domain/correction.ts";
import { addHours, formatHour, hourEnd } from "#domain/hour.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql, Transaction } from "#server/db/database.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { type HourKey, loadTypeNames } from "#server/verdicts/index.ts";
import type { Asked, CorrectionKind, Preview } from "./correction-kind.ts";
import { insertCorrection } from "./insert-correction.ts";
import { markedBy } from "./marked-by.ts";
import { type Figures, figuresOf, type PreviewedHour, previewedHours } from "./preview-hours.ts";
import { requireOwnTypes } from "./require-own-types.ts";
import { resolveScope } from "./resolve-scope.ts";

/** Accepts the incomplete hours at their verdicts' figures. Returns the correction's id. */
function create(ctx: Context, draft: CorrectionDraft): Promise<bigint> {
  return ctx.database.transaction(async (tx) => {
    await requireOwnTypes(tx, ctx, draft);
    const scope = await resolveScope(tx, draft);
    const range = await readRange(tx, ctx, { draft, scope });
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

/** The hours that an acceptance would cover: those not complete. */
async function preview(ctx: Context, { draft, scope }: Asked): Promise<Preview> {
  const eventTypeId = scope.eventTypeId ?? 0;
  const { from, to } = await readRange(ctx.database.sql, ctx, { draft, scope });
  const { rows } = await ctx.database.sql.query<StoredHour>(
    `SELECT event_type_id AS "eventTypeId", hour, state, closed_at AS "closedAt", known, produced, delivered, lost, duplicated,
            accepted_by_correction IS NOT NULL AS accepted
       FROM verdict WHERE event_type_id = $1 AND hour >= $2 AND hour < $3 AND state <> 'complete' ORDER BY hour DESC`,
    [eventTypeId, from, to],
  );
  const names = await loadTypeNames(ctx.database.sql, [eventTypeId]);
  const hours = rows.slice(0, previewedHours).map((row): PreviewedHour => {
    const before = { ...figuresOf(row), accepted: row.accepted };
    const after = { ...before, accepted: true };
    return { eventType: names.get(eventTypeId) ?? "", hour: formatHour(row.hour), before, after };
  });
  const changedStates = hours.filter(({ before }) => !before.accepted).length;
  const concerned = { eventTypeIds: [eventTypeId], from, to };
  return { hourCount: rows.length, changedStates, hours, alsoUnknown: false, observedThrough: null, concerned };
}

type StoredHour = HourKey & Figures & { accepted: boolean };

async function undo(tx: Transaction, ctx: Context, id: bigint): Promise<void> {
  await markedBy(tx, id);
  await tx.query(
    `INSERT INTO dirty_hour (event_type_id, hour) SELECT event_type_id, hour FROM accepted_hour WHERE correction_id = $1`,
    [id],
  );
  await tx.prisma.correction.update({ where: { id }, data: { restoredAt: ctx.clock.now() } });
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

/** The hours that can be accepted: active, ended and judged, of a claimed type. */
async function readRange(sql: Sql, ctx: Context, { draft, scope }: Asked): Promise<{ from: Date; to: Date }> {
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
    [scope.eventTypeId, from, to],
  );
  const found = rows[0];
  if (!found?.claimed) throw refuse("/eventType", `must be a claimed event type; "${draft.eventType}" has no owner`);
  if (found.hours === 0) throw refuse("/from", `must name hours in which ${draft.eventType} is active`);
  if (found.unjudged > 0) {
    throw new Conflict(`${found.unjudged} of these hours have no verdict yet. Retry in a moment.`);
  }
  return { from, to };
}

/** Lets jobs read hours as they are; moves no facts. */
export const acceptHour: CorrectionKind = { create, preview, undo, batches: null };

import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { type Context, requireLimits, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { readRange } from "./accept-hours.ts";
import { concernedBy, readDraft } from "./create-correction.ts";
import { type AffectedHours, findCountedHours, findMarkedHours } from "./find-affected-hours.ts";
import { observedThroughOf } from "./insert-correction.ts";
import { previewAcceptance, previewHours } from "./preview-hours.ts";
import { resolveScope } from "./resolve-scope.ts";

/** What a correction would do and which consumers it affects, from stored data. Read-only; takes no locks. */
export async function previewCorrection({
  ctx,
  input,
}: {
  ctx: Context;
  input: unknown;
}): Promise<CorrectionPreviewJson> {
  requireScope(ctx, "write");
  const { sql } = ctx.database;
  const draft = readDraft(input);
  requireLimits(ctx, concernedBy(draft));
  const scope = await resolveScope(sql, draft);
  if (draft.action === "accept-hour") {
    const range = await readRange(sql, ctx, { draft, eventTypeId: scope.eventTypeId });
    const accepted = await previewAcceptance(ctx, { eventTypeId: scope.eventTypeId ?? 0, ...range });
    const hours = { ...accepted, from: range.from, to: range.to };
    return { ...accepted.preview, action: draft.action, observedThrough: null, ...(await readConcerned(sql, hours)) };
  }
  const observedThrough = await observedThroughOf(sql, scope, ctx.clock.now());
  const find = draft.action === "discard-counts" ? findCountedHours : findMarkedHours;
  const affected = await find(sql, { draft, scope, now: ctx.clock.now() });
  const preview = await previewHours(ctx, { draft, scope, affected });
  const concerned = await readConcerned(sql, affected);
  return { ...preview, action: draft.action, observedThrough: observedThrough.toISOString(), ...concerned };
}

/** Consumers of the types, and how many of the hours the gate gave each. */
async function readConcerned(
  sql: Sql,
  { eventTypeIds, from, to }: Pick<AffectedHours, "eventTypeIds" | "from" | "to">,
) {
  const { rows: consumers } = await sql.query<CorrectionPreviewJson["consumers"][number]>(
    `SELECT t.name AS "eventType", c.name, c.contact,
            (SELECT count(*)::int FROM hour_reading r
              WHERE r.event_type_id = c.event_type_id AND r.consumer_id = c.id AND r.hour >= $2 AND r.hour < $3) AS "hoursRead"
       FROM consumer c JOIN event_type t ON t.id = c.event_type_id
      WHERE c.event_type_id = ANY ($1) ORDER BY 4 DESC, 1, 2 LIMIT 500`,
    [eventTypeIds, from, to],
  );
  const { rows } = await sql.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM subscription WHERE event_type_id = ANY ($1)",
    [eventTypeIds],
  );
  return { consumers, subscriptions: rows[0]?.count ?? 0 };
}

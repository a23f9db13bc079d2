import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { type Call, requireLimits, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import type { Preview } from "./correction-kind.ts";
import { concernedBy, readDraft } from "./create-correction.ts";
import { kindOf } from "./kinds.ts";
import { checkOwnTypes } from "./require-own-types.ts";
import { resolveScope } from "./resolve-scope.ts";

/** What a correction would do and which consumers it affects, from stored data. Read-only; takes no locks. */
export async function previewCorrection({ ctx, input }: Call<unknown>): Promise<CorrectionPreviewJson> {
  requireScope(ctx, "write");
  const { sql } = ctx.database;
  const draft = readDraft(input);
  requireLimits(ctx, concernedBy(draft));
  await checkOwnTypes(sql, ctx, draft);
  const scope = await resolveScope(sql, draft);
  const { concerned, ...preview } = await kindOf(draft).preview(ctx, { draft, scope });
  return { ...preview, action: draft.action, ...(await readConcerned(sql, concerned)) };
}

/** Consumers of the types, and how many of the hours the gate gave each. */
async function readConcerned(sql: Sql, { eventTypeIds, from, to }: Preview["concerned"]) {
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

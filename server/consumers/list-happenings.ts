import type { Happening } from "#domain/happening.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findEventType, type ReadableType } from "#server/verdicts/index.ts";

/** Older hours are omitted: their later changes are in their revisions. */
const hoursBack = 31 * 24;
const most = 100;

/**
 * News about the type's hours of the last 31 days for its consumers, newest first: late, complete after being late,
 * final but not complete, amended.
 */
export async function listHappenings({
  ctx,
  input,
}: Call<{ eventType: string }>): Promise<{ type: ReadableType; happenings: Happening[] }> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const type = await findEventType(sql, input.eventType);
  const until = hourOf(ctx.clock.now());
  const { rows } = await sql.query<Omit<Happening, "eventType">>(
    `SELECT hour, revision, state, amended, "knownAt", "closedAt", "deadlineAt", produced, lost, duplicated
       FROM (SELECT hour, revision, state, amended, known_at AS "knownAt", closed_at AS "closedAt",
                    deadline_at AS "deadlineAt", produced, lost, duplicated,
                    lag(state) OVER w AS state_before,
                    coalesce(bool_or(state = 'late') OVER w, false) AS was_late
               FROM verdict_revision
              WHERE event_type_id = $1 AND hour BETWEEN $2 AND $3
             WINDOW w AS (PARTITION BY hour ORDER BY revision)) r
      WHERE amended
         OR (state IN ('late', 'incomplete', 'overcounted', 'unverified') AND state IS DISTINCT FROM state_before)
         OR (state = 'complete' AND was_late)
      ORDER BY "knownAt" DESC, hour DESC, revision DESC
      LIMIT $4`,
    [type.id, addHours(until, -hoursBack), until, most],
  );
  return { type, happenings: rows.map((row) => ({ ...row, eventType: type.name })) };
}

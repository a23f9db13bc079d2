import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { worstState } from "#domain/risk.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { requireClaimed, type TypeRow, typeColumns } from "#server/verdicts/index.ts";

export interface Badge {
  eventType: string;
  /** The hour's name; null before the first complete one. */
  completeThrough: string | null;
  /** The worst of its last 24 hours, as on the board. */
  state: VerdictState;
}

interface Row extends TypeRow {
  completeThrough: Date | null;
  isLate: boolean;
  /** Of hours that ended in the last day, oldest first. */
  states: VerdictState[];
}

/** A type's completeThrough and state, short enough for a badge. */
export async function readBadge({ ctx, input }: Call<{ eventType: string }>): Promise<Badge> {
  requireScope(ctx, "read");
  const current = hourOf(ctx.clock.now());
  const { rows } = await ctx.database.sql.query<Row>(
    `SELECT ${typeColumns}, t.complete_through AS "completeThrough",
            -- every state of an hour that is not closed is kept apart, however old the hour is
            EXISTS (SELECT FROM verdict v
                     WHERE v.event_type_id = t.id AND v.closed_at IS NULL AND v.revision > 0 AND v.state = 'late') AS "isLate",
            ARRAY(SELECT v.state FROM verdict v
                   WHERE v.event_type_id = t.id AND v.hour >= $2 AND v.hour < $3 AND v.revision > 0
                   ORDER BY v.hour) AS states
       FROM event_type t WHERE t.name = $1`,
    [input.eventType, addHours(current, -24), current],
  );
  const type = requireClaimed(rows[0], input.eventType);
  const { states, isLate, completeThrough } = rows[0] as Row;
  return {
    eventType: type.name,
    completeThrough: completeThrough && formatHour(completeThrough),
    state: worstState(isLate ? ["late"] : states) ?? states.at(-1) ?? "open",
  };
}

import { addHours } from "#domain/hour.ts";
import { bulkRows, spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

export type DayCause = "reports" | "time" | "catalogue" | "correction" | "excuse" | "excuse_revoked";

/** Why a day is added up again, with person and reason if one requested it. */
export interface Cause {
  readonly cause: DayCause;
  readonly actor: string | null;
  readonly reason: string | null;
  /** The act of a person that this is part of. */
  readonly act?: string | null;
}

export interface DayKey {
  readonly eventTypeId: number;
  readonly day: Date;
  readonly causes: readonly Cause[];
}

export function dayKey({ eventTypeId, day }: Pick<DayKey, "eventTypeId" | "day">): string {
  return `${eventTypeId} ${day.getTime()}`;
}

export const dayKeys = bulkRows({ eventTypeId: "int", day: "timestamptz" });

/** $1 to $4 of a statement about days: types, days, and the span of their hours, so that the planner prunes partitions. */
export function dayColumns(days: readonly Pick<DayKey, "eventTypeId" | "day">[]): unknown[] {
  const [first, last] = spanOf(days.map(({ day }) => day));
  return [...dayKeys.values(days), first, addHours(last, 23)];
}

/** The days marked first, with all their marks, which are deleted when the transaction commits. */
export async function claimMarkedDays(tx: Sql, limit: number): Promise<DayKey[]> {
  return tx.rows<DayKey>(
    `WITH marked AS (
       SELECT event_type_id, day FROM slo_dirty_day GROUP BY 1, 2 ORDER BY min(id) LIMIT $1
     ), taken AS (
       -- a mark that is committed after this statement began stays, and so do the verdicts it speaks of wait for it
       DELETE FROM slo_dirty_day m USING marked
        WHERE m.event_type_id = marked.event_type_id AND m.day = marked.day
       RETURNING m.event_type_id, m.day, m.cause, m.actor, m.reason, m.act
     )
     SELECT event_type_id AS "eventTypeId", day,
            jsonb_agg(DISTINCT jsonb_build_object('cause', cause, 'actor', actor, 'reason', reason, 'act', act)) AS causes
       FROM taken GROUP BY 1, 2`,
    [limit],
  );
}

/** Days in which another hour has become due. */
export async function findMatured(tx: Sql, now: Date, limit: number): Promise<DayKey[]> {
  const { rows } = await tx.query<{ eventTypeId: number; day: Date }>(
    `SELECT event_type_id AS "eventTypeId", day FROM slo_day WHERE matures_at <= $1 ORDER BY matures_at LIMIT $2`,
    [now, limit],
  );
  return rows.map((row) => ({ ...row, causes: [{ cause: "time", actor: null, reason: null }] }));
}

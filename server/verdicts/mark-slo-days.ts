import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

export interface JudgedForSlo {
  readonly eventTypeId: number;
  readonly hour: Date;
  /** What caused the judgement: new facts, the catalogue, a correction, or time alone. */
  readonly cause: "reports" | "catalogue" | "correction" | "time";
  /** Who made the correction or catalogue change, and what changed; omitted: the type's latest change is looked up when needed. */
  readonly actor?: string;
  readonly reason?: string;
}

const judgedHours = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  cause: "text",
  actor: "text?",
  reason: "text?",
});

/**
 * Marks the days whose service levels must be added up again, in the transaction that changes their verdicts: both commit
 * or neither. Append-only, so judges never wait for each other or for the roll-up.
 */
export async function markJudgedDays(tx: Sql, judged: readonly JudgedForSlo[]): Promise<void> {
  if (judged.length === 0) return;
  await tx.query(
    `INSERT INTO slo_dirty_day (event_type_id, day, cause, actor, reason)
     SELECT DISTINCT event_type_id, date_trunc('day', hour, 'UTC'), cause, actor, reason
       FROM ${judgedHours.from("n")}`,
    judgedHours.values(judged.map((hour) => ({ actor: null, reason: null, ...hour }))),
  );
}

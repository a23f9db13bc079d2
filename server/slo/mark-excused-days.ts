import type { Sql } from "#server/db/database.ts";

export interface ExcusedHours {
  readonly eventTypeIds: readonly number[];
  readonly from: Date;
  readonly to: Date;
  readonly cause: "excuse" | "excuse_revoked";
  readonly actor: string;
  readonly reason: string;
  /** Names the act, so that what it restates is listed once. */
  readonly act: string;
}

/** Marks the days of hours that an excuse took out or returned. */
export async function markExcusedDays(tx: Sql, hours: ExcusedHours): Promise<void> {
  await tx.query(
    `INSERT INTO slo_dirty_day (event_type_id, day, cause, actor, reason, act)
     SELECT id, day, $4, $5, $6, $7
       FROM unnest($1::int[]) id,
            -- of UTC: a series of days in the session's zone would skip or double one where clocks change
            generate_series(date_trunc('day', $2::timestamptz, 'UTC'), $3::timestamptz - interval '1 hour', interval '24 hours') day`,
    [hours.eventTypeIds, hours.from, hours.to, hours.cause, hours.actor, hours.reason, hours.act],
  );
}

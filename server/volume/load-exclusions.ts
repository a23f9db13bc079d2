import type { Sql } from "#server/db/database.ts";

export interface LoadedExclusion {
  eventTypeId: number | null;
  datacenter: string | null;
  from: Date;
  to: Date;
}

/** Marked incidents that overlap the range and were not removed. */
export async function loadExclusions(sql: Sql, range: { from: Date; to: Date }): Promise<LoadedExclusion[]> {
  return sql.rows<LoadedExclusion>(
    `SELECT x.event_type_id AS "eventTypeId", d.name AS datacenter, x.from_at AS "from", x.to_at AS "to"
       FROM volume_exclusion x LEFT JOIN datacenter d ON d.id = x.datacenter_id
      WHERE x.to_at > $1 AND x.from_at < $2 AND x.removed_at IS NULL
      ORDER BY x.id`,
    [range.from, range.to],
  );
}

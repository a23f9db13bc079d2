import { spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { findCountedHours } from "./find-counted-hours.ts";

/** Once no produced count of any type is left, the datacenter's silence is unknown again for every type. */
export async function forgetProducedHours(tx: Sql, datacenterId: number, hours: readonly Date[]): Promise<void> {
  if (hours.length === 0) return;
  const counted = await findCountedHours(tx, { datacenterId, hours });
  const silent = hours.filter((hour) => !counted.has(hour.getTime()));
  if (silent.length === 0) return;
  await tx.query(
    `WITH forgotten AS (
       DELETE FROM produced_hour
        WHERE datacenter_id = $1 AND hour = ANY ($2) AND hour BETWEEN $3 AND $4
       RETURNING hour
     )
     INSERT INTO dirty_hour (event_type_id, hour)
     SELECT t.id, f.hour FROM forgotten f
       JOIN event_type t ON t.claimed_at IS NOT NULL AND f.hour >= t.active_from
                        AND (t.active_to IS NULL OR f.hour < t.active_to)`,
    [datacenterId, silent, ...spanOf(silent)],
  );
}

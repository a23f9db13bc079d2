import { spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

interface Asked {
  datacenterId: number;
  hours: readonly Date[];
  /** A type that does not count. */
  exceptId?: number;
}

const typesAtFirst = 20;
const timesMore = 10;

/**
 * The starts, in milliseconds, of those hours for which the datacenter reported produced counts of some type. Totals have no index that
 * begins with the hour, so types are probed: a few first, since one of them suffices, and ever more for the hours that are left.
 */
export async function findCountedHours(sql: Sql, { datacenterId, hours, exceptId }: Asked): Promise<Set<number>> {
  const counted = new Set<number>();
  if (hours.length === 0) return counted;
  const { rows } = await sql.query<{ id: number }>("SELECT id FROM event_type ORDER BY id");
  const types = rows.map(({ id }) => id).filter((id) => id !== exceptId);
  for (let at = 0, size = typesAtFirst; at < types.length; size *= timesMore) {
    const left = hours.filter((hour) => !counted.has(hour.getTime()));
    if (left.length === 0) break;
    const found = await sql.query<{ hour: Date }>(
      `SELECT DISTINCT hour FROM lane_total
        WHERE event_type_id = ANY ($1) AND hour = ANY ($2) AND datacenter_id = $3 AND stage = 1
          -- lets the planner leave other months' partitions out
          AND hour BETWEEN $4 AND $5`,
      [types.slice(at, at + size), left, datacenterId, ...spanOf(left)],
    );
    for (const { hour } of found.rows) counted.add(hour.getTime());
    at += size;
  }
  return counted;
}

import type { ClosedLane } from "#domain/forecast.ts";
import type { Hour } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";

export interface ClosingsRange {
  from: Hour;
  /** Included. */
  to: Hour;
  /** null: all types. */
  ids: readonly number[] | null;
}

export interface LaneClosings {
  id: number;
  dc: string;
  /** `hour:closed`, comma-separated: hours since the first requested, and the closing in ms, empty if there is none. */
  closings: string;
}

/** When each datacenter closed each type's hours, from their verdicts. One row per lane, not per hour: a month of a hundred types has 360,000 of those. */
export async function loadLaneClosings(sql: Sql, { from, to, ids }: ClosingsRange): Promise<LaneClosings[]> {
  return sql.rows<LaneClosings>(
    `SELECT c.event_type_id AS id, d.name AS dc, c.closings
       FROM (SELECT l.event_type_id, l.datacenter_id,
                    string_agg((date_part('epoch', l.hour - $2) / 3600)::int || ':'
                               || coalesce((date_part('epoch', l.closed_at) * 1000)::bigint::text, ''), ',') AS closings
               FROM verdict_lane l
               JOIN event_type t ON t.id = l.event_type_id
              WHERE ($1::int[] IS NULL OR l.event_type_id = ANY ($1)) AND l.hour BETWEEN $2 AND $3
                AND l.hour >= t.active_from AND (t.active_to IS NULL OR l.hour < t.active_to)
              GROUP BY 1, 2) c
       JOIN datacenter d ON d.id = c.datacenter_id
      ORDER BY 1, 2`,
    [ids, from, to],
  );
}

/** Yields the rows hour by hour. `from` is the range's; types without a name are omitted. */
export function* closedLanes(
  lanes: readonly LaneClosings[],
  names: ReadonlyMap<number, string>,
  from: Hour,
): Generator<ClosedLane> {
  for (const { id, dc, closings } of lanes) {
    const eventType = names.get(id);
    if (eventType === undefined) continue;
    for (const entry of closings.split(",")) {
      const [hour = "", closed = ""] = entry.split(":");
      const hourStartMs = from.getTime() + Number(hour) * 3_600_000;
      yield { eventType, dc, hourStartMs, closedAtMs: closed === "" ? null : Number(closed) };
    }
  }
}

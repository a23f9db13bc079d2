import { addHours, type Hour } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";

/** Hours before the first explained one that show what is usual for a lane. */
export const usualHours = 96;
const neighbourHours = 6;
const hourMs = 3_600_000;

/** One hour of one datacenter: its closing and counts. */
export interface LaneHour {
  hour: Hour;
  closedAt: Date | null;
  produced: number | null;
  published: number | null;
  delivered: number;
}

/** `type id` and datacenter → its hours, oldest first. */
export type LaneHistory = ReadonlyMap<string, readonly LaneHour[]>;

export function laneKey(eventTypeId: number, datacenter: string): string {
  return `${eventTypeId} ${datacenter}`;
}

interface Row {
  id: number;
  dc: string;
  /** `hour:closed:produced:published:delivered`, comma-separated: hours since the first, missing values empty. */
  hours: string;
}

/** From the verdicts' lanes: closings, whether by watermarks or markers, and counts as they were judged. */
export async function loadLaneHistory(sql: Sql, ids: readonly number[], first: Hour, last: Hour): Promise<LaneHistory> {
  const from = addHours(first, -usualHours);
  // One row per lane instead of one per hour.
  const { rows } = await sql.query<Row>(
    `SELECT l.event_type_id AS id, l.datacenter AS dc,
            string_agg(concat_ws(':', (date_part('epoch', l.hour - $2) / 3600)::int,
                                 coalesce((date_part('epoch', l.closed_at) * 1000)::bigint::text, ''), coalesce(l.produced::text, ''),
                                 coalesce(l.published::text, ''), l.delivered), ',' ORDER BY l.hour) AS hours
       FROM lane_figures l
      WHERE l.event_type_id = ANY ($1) AND l.hour BETWEEN $2 AND $3
      GROUP BY 1, 2`,
    [ids, from, addHours(last, neighbourHours)],
  );
  return new Map(
    rows.map(({ id, dc, hours }) => [laneKey(id, dc), hours.split(",").map((text) => readHour(text, from))]),
  );
}

function readHour(text: string, from: Hour): LaneHour {
  const [index = "", closed = "", produced = "", published = "", delivered = ""] = text.split(":");
  return {
    hour: new Date(from.getTime() + Number(index) * hourMs),
    closedAt: closed === "" ? null : new Date(Number(closed)),
    produced: countOf(produced),
    published: countOf(published),
    delivered: Number(delivered),
  };
}

function countOf(text: string): number | null {
  return text === "" ? null : Number(text);
}

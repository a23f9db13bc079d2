import type { LaneToExplain } from "#domain/explain.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { median } from "#domain/median.ts";
import { spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { laneKey } from "./load-lane-history.ts";

const recentSteps = 48;
/** In hours before: the same hour of the week, and where that is not known twice, of the day. */
const weekly = [168, 336, 504, 672];
const daily = [24, 48, 72];
const leastWeeks = 2;

/** The lanes' closing delays before an hour, by laneKey. */
export async function loadUsualDelays(
  sql: Sql,
  ids: readonly number[],
  before: Date,
): Promise<ReadonlyMap<string, NonNullable<LaneToExplain["usualDelay"]>>> {
  const { rows } = await sql.query<NonNullable<LaneToExplain["usualDelay"]> & { id: number; dc: string }>(
    `SELECT w.event_type_id AS id, d.name AS dc, usual.*
       FROM watermark w
       JOIN datacenter d ON d.id = w.datacenter_id
      CROSS JOIN LATERAL (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY delay) AS "p50Seconds",
               percentile_cont(0.9) WITHIN GROUP (ORDER BY delay) AS "p90Seconds", count(*)::int AS hours
          FROM (SELECT greatest(date_part('epoch', s.closed_at - s.closed_through), 0) AS delay FROM closing_step s
                 WHERE s.event_type_id = w.event_type_id AND s.datacenter_id = w.datacenter_id AND s.closed_through <= $2
                   AND s.closed_at <= $2::timestamptz + interval '1 hour'
                 ORDER BY s.closed_through DESC LIMIT $3) steps) usual
      WHERE w.event_type_id = ANY ($1) AND usual.hours > 0`,
    [ids, before, recentSteps],
  );
  return new Map(rows.map(({ id, dc, ...usual }) => [laneKey(id, dc), usual]));
}

/**
 * How many events a lane usually produces in each hour of a range: the median of the same hour in the weeks before, or in the days before.
 * By laneKey and hour in ms.
 */
export async function loadUsualProduced(
  sql: Sql,
  ids: readonly number[],
  { from, now }: { from: Date; now: Date },
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const hours: Date[] = [];
  for (let hour = hourOf(from); hour <= now; hour = addHours(hour, 1)) hours.push(hour);
  const asked = hours.flatMap((hour) => [...weekly, ...daily].map((before) => addHours(hour, -before)));
  const { rows } = await sql.query<{ id: number; dc: string; hour: Date; produced: number }>(
    `SELECT event_type_id AS id, datacenter AS dc, hour, produced::float8 AS produced FROM lane_figures
      WHERE event_type_id = ANY ($1) AND hour = ANY ($2) AND hour BETWEEN $3 AND $4 AND produced IS NOT NULL`,
    [ids, asked, ...spanOf(asked)],
  );
  const byLane = Map.groupBy(rows, ({ id, dc }) => laneKey(id, dc));
  return new Map([...byLane].map(([key, found]) => [key, usualOf(hours, found)]));
}

function usualOf(hours: readonly Date[], found: readonly { hour: Date; produced: number }[]): Map<number, number> {
  const produced = new Map(found.map((each) => [each.hour.getTime(), each.produced]));
  const usual = hours.flatMap((hour): [number, number][] => {
    const before = (hoursBefore: readonly number[]) =>
      hoursBefore.flatMap((each) => produced.get(addHours(hour, -each).getTime()) ?? []);
    const inWeeks = before(weekly);
    const middle = median(inWeeks.length >= leastWeeks ? inWeeks : before(daily));
    return middle === null ? [] : [[hour.getTime(), middle]];
  });
  return new Map(usual);
}

import { addHours, hourOf } from "#domain/hour.ts";
import { median } from "#domain/median.ts";
import { spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { laneKey } from "./load-lane-history.ts";

/** In hours before: the same hour of the week, and where that is not known twice, of the day. */
const weekly = [168, 336, 504, 672];
const daily = [24, 48, 72];
const leastWeeks = 2;

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

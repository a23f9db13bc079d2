import type { Hour } from "#domain/hour.ts";
import { type ExcludedTime, layOutSeries, type VolumeSeries } from "#domain/volume.ts";
import type { Sql } from "#server/db/database.ts";
import type { LoadedExclusion } from "./load-exclusions.ts";

const hourMs = 3_600_000;

export interface HistoryRange {
  eventTypeIds: readonly number[];
  /** Included. */
  from: Hour;
  /** Excluded. */
  to: Hour;
}

/** A type's hourly counts, in one datacenter or (null) in all of them. */
export interface VolumeLane {
  eventTypeId: number;
  datacenter: string | null;
  series: VolumeSeries;
}

interface LaneRow {
  id: number;
  dc: string | null;
  /** `hour:produced`, comma-separated; hours count from the first one requested. */
  counts: string;
}

/** Produced counts over all datacenters, for closed hours with every count known. One row per type. */
export async function loadTotals(sql: Sql, { eventTypeIds, from, to }: HistoryRange): Promise<LaneRow[]> {
  return sql.rows<LaneRow>(
    `SELECT v.event_type_id AS id, NULL AS dc,
            string_agg((date_part('epoch', v.hour - $2) / 3600)::int || ':' || v.produced, ',') AS counts
       FROM verdict v
       JOIN event_type t ON t.id = v.event_type_id
      WHERE v.event_type_id = ANY ($1) AND v.hour >= $2 AND v.hour < $3 AND v.closed_at IS NOT NULL AND v.known
        AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
      GROUP BY 1`,
    [eventTypeIds, from, to],
  );
}

/** The same per datacenter, where it closed the hour and its count is known. One row per type and datacenter. */
export async function loadLanes(sql: Sql, { eventTypeIds, from, to }: HistoryRange): Promise<LaneRow[]> {
  return sql.rows<LaneRow>(
    `SELECT l.event_type_id AS id, l.datacenter AS dc,
            string_agg((date_part('epoch', l.hour - $2) / 3600)::int || ':' || l.produced, ',') AS counts
       FROM lane_figures l
       JOIN event_type t ON t.id = l.event_type_id
      WHERE l.event_type_id = ANY ($1) AND l.hour >= $2 AND l.hour < $3 AND l.closed_at IS NOT NULL AND l.produced IS NOT NULL
        AND l.hour >= t.active_from AND (t.active_to IS NULL OR l.hour < t.active_to)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [eventTypeIds, from, to],
  );
}

/** Expands a row hour by hour; hours without a count are unknown. An incident at one datacenter marks the type's total too. */
export function laneOf(row: LaneRow, { from, to }: HistoryRange, exclusions: readonly LoadedExclusion[]): VolumeLane {
  const fromMs = from.getTime();
  const points = row.counts.split(",").flatMap((entry) => {
    if (entry === "") return [];
    const [hour, count] = entry.split(":");
    return { atMs: fromMs + Number(hour) * hourMs, count: Number(count) };
  });
  const excluded: ExcludedTime[] = exclusions.filter(
    ({ eventTypeId, datacenter }) =>
      (eventTypeId === null || eventTypeId === row.id) &&
      (datacenter === null || row.dc === null || datacenter === row.dc),
  );
  const range = { fromMs, stepMs: hourMs, steps: (to.getTime() - fromMs) / hourMs };
  return { eventTypeId: row.id, datacenter: row.dc, series: layOutSeries(range, points, excluded) };
}

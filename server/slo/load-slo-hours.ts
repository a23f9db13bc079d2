import type { SloHour } from "#domain/slo.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { lanesOf, parseLanes } from "#server/verdicts/index.ts";
import { type DayKey, dayColumns, dayKey, dayKeys } from "./claim-days.ts";

export interface HoursOfDay {
  readonly hours: SloHour[];
  /** False: the type has hours in this day whose verdicts are no longer kept. */
  readonly isWhole: boolean;
}

interface HourRow {
  eventTypeId: number;
  day: Date;
  expected: boolean;
  hour: Date | null;
  state: VerdictState;
  closedAt: Date | null;
  deadlineAt: Date;
  known: boolean;
  produced: number;
  delivered: number;
  lost: number;
  duplicated: number;
  skewed: number;
  excused: boolean;
  lanes: unknown;
}

/** Verdicts of whole days, by dayKey, with the lanes of hours that were late or lost events. */
export async function loadSloHours(tx: Sql, days: readonly DayKey[], now: Date): Promise<Map<string, HoursOfDay>> {
  const { rows } = await tx.query<HourRow>(hoursStatement, [...dayColumns(days), now]);
  const found = new Map<string, HoursOfDay>();
  for (const row of rows) {
    const key = dayKey(row);
    const entry = found.get(key) ?? { hours: [], isWhole: row.hour !== null || !row.expected };
    found.set(key, entry);
    if (row.hour !== null) entry.hours.push(hourOf(row, row.hour));
  }
  return found;
}

function hourOf({ lanes, ...row }: HourRow, hour: Date): SloHour {
  return { ...row, hour, datacenters: lanes === null ? [] : parseLanes(lanes) };
}

// $3 and $4 bound the hours so that the planner prunes other months' partitions.
const hoursStatement = `
WITH excuse AS MATERIALIZED (
  SELECT event_type_ids, from_hour, to_hour FROM slo_excuse
   WHERE approved_at IS NOT NULL AND revoked_at IS NULL AND from_hour <= $4 AND to_hour > $3
)
SELECT k.event_type_id AS "eventTypeId", k.day,
       coalesce(t.active_from < least(k.day + interval '24 hours', $5) AND (t.active_to IS NULL OR t.active_to > k.day), false)
         AS expected,
       v.hour, v.state, v.closed_at AS "closedAt", v.deadline_at AS "deadlineAt", v.known,
       v.produced::float8 AS produced, v.delivered::float8 AS delivered, v.lost::float8 AS lost,
       v.duplicated::float8 AS duplicated, v.skewed::float8 AS skewed,
       EXISTS (SELECT FROM excuse e
                WHERE k.event_type_id = ANY (e.event_type_ids) AND v.hour >= e.from_hour AND v.hour < e.to_hour) AS excused,
       CASE WHEN v.state = 'incomplete' OR (v.deadline_at < $5 AND (v.closed_at IS NULL OR v.closed_at > v.deadline_at))
            THEN ${lanesOf("v")} END AS lanes
  FROM ${dayKeys.from("k")}
  LEFT JOIN event_type t ON t.id = k.event_type_id AND t.claimed_at IS NOT NULL
  LEFT JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour >= k.day AND v.hour < k.day + interval '24 hours'
                     AND v.hour BETWEEN $3 AND $4 AND v.revision > 0
                     -- hours that the type has no longer are deleted in the background
                     AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
 ORDER BY k.event_type_id, v.hour`;

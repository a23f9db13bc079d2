import type { AlertRule } from "#domain/alert.ts";
import type { AlertMetric } from "#domain/alert-rule.ts";
import {
  candidatesOf,
  type History,
  type HoursNeeded,
  type PastType,
  readsCounts,
  readsForecasts,
  replayPlanOf,
} from "#domain/backtest.ts";
import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import { judgedMembers } from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";
import { loadLaneCounts } from "#server/sources/index.ts";
import type { HistoryRange } from "./load-scope.ts";
import { loadScope, type ScopedType } from "./load-scope.ts";
import { StoredHour, type StoredJson } from "./stored-hour.ts";
import { type LaneSeriesRow, StoredLanes } from "./stored-lanes.ts";

export interface LoadedType extends PastType {
  id: number;
  hours: readonly StoredHour[];
}
export type LoadedHistory = Omit<History, "types"> & { types: readonly LoadedType[] };

// Forecasts are recomputed for every hour at every landmark: this many hours take about a second.
const mostForecastHours = 40_000;
// Each makes alerts at some thresholds: a rule that holds for this many hours is not worth keeping.
const mostSlowHours = 90_000;

/** The past hours that could make the rule hold, for all types in its scope, in one statement. */
export async function loadHistory(sql: Sql, { spec }: AlertRule, range: HistoryRange): Promise<LoadedHistory> {
  const { from, to, now } = range;
  const { types: inScope, datacenters } = await loadScope(sql, spec.scope, range);
  const plan = replayPlanOf(spec.metric);
  const needs = typeof plan === "string" ? null : plan.needs;
  const slow = leastSlow(spec);
  const asked = await affordable(sql, inScope, spec.metric, range, needs === "slow" ? slow : null);
  const byId = needs === null ? new Map() : await loadHours(sql, asked, range, needs, slow);
  const noHours = { hours: [], hourCount: 0, firstHour: null };
  const types = asked.map((type) => ({ ...type, ...(byId.get(type.id) ?? noHours) }));
  return {
    from,
    to,
    until: now,
    datacenters,
    typesInScope: inScope.length,
    types: await withCounts(sql, spec.metric, range, types),
  };
}

/** With what sources counted, where the rule reads it. */
async function withCounts(sql: Sql, metric: AlertMetric, { from, to }: HistoryRange, types: LoadedType[]) {
  if (!readsCounts(metric)) return types;
  const counts = await loadLaneCounts(sql, { from, to, eventTypes: types.map(({ eventType }) => eventType) });
  return types.map((type) => ({
    ...type,
    counted: [...(counts.get(type.eventType) ?? [])].map(([datacenter, found]) => ({ datacenter, counts: found })),
  }));
}

/** All types in scope, or an evenly spaced sample that replays in a few seconds. */
async function affordable(
  sql: Sql,
  types: readonly ScopedType[],
  metric: AlertMetric,
  range: HistoryRange,
  slow: LeastSlow | null,
): Promise<readonly ScopedType[]> {
  if (readsForecasts(metric)) return evenPart(types, mostForecastHours / hoursIn(range));
  // It cannot exceed the limit: skip the count, a read of its own.
  if (slow === null || types.length * hoursIn(range) <= mostSlowHours) return types;
  const hours = await countSlow(sql, types, range, slow);
  return hours <= mostSlowHours ? types : evenPart(types, (types.length * mostSlowHours) / hours);
}

async function countSlow(
  sql: Sql,
  types: readonly ScopedType[],
  range: HistoryRange,
  slow: LeastSlow,
): Promise<number> {
  const { rows } = await sql.query<{ hours: number }>(
    `SELECT count(*)::int AS hours FROM verdict v
      WHERE v.event_type_id = ANY ($3) AND v.hour BETWEEN $1 AND $2 AND v.revision > 0 AND (${needed.slow})`,
    [range.from, lastHour(range), types.map(({ id }) => id), slow.seconds, slow.deadlineShare],
  );
  return rows[0]?.hours ?? 0;
}

/** Only ended hours can have been observed. */
function lastHour({ to, now }: HistoryRange): Hour {
  return new Date(Math.min(addHours(to, -1).getTime(), addHours(hourOf(now), -1).getTime()));
}

function hoursIn({ from, to }: HistoryRange): number {
  return Math.max(1, (to.getTime() - from.getTime()) / 3_600_000);
}

/** Types of all ages: evenly spaced in the list, always the same ones. */
function evenPart<Each>(list: readonly Each[], most: number): readonly Each[] {
  const step = Math.max(1, list.length / Math.max(1, most));
  return list.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

interface LeastSlow {
  seconds: number | null;
  deadlineShare: number | null;
}

/** Hours that closed sooner are slow at none of the rule's compared thresholds. */
function leastSlow(spec: AlertRule["spec"]): LeastSlow {
  const least = Math.min(...candidatesOf(spec).map(({ value }) => value));
  const unit = spec.threshold?.unit;
  return { seconds: unit === "seconds" ? least : null, deadlineShare: unit === "deadlineShare" ? least : null };
}

interface HoursRow {
  id: number;
  hourCount: number;
  firstHour: Date;
  hours: StoredJson[] | null;
}

async function loadHours(
  sql: Sql,
  types: readonly ScopedType[],
  range: HistoryRange,
  needs: HoursNeeded,
  slow: LeastSlow,
): Promise<Map<number, Pick<LoadedType, "hours" | "hourCount" | "firstHour">>> {
  const settle = new Map(types.map(({ id, settleSeconds }) => [id, settleSeconds]));
  const args = [range.from, lastHour(range), types.map(({ id }) => id)];
  const bounds = needs === "slow" ? [...args, slow.seconds, slow.deadlineShare] : args;
  const [{ rows }, { rows: series }] = await Promise.all([
    sql.query<HoursRow>(hoursStatement(needs), bounds),
    sql.query<LaneSeriesRow>(lanesStatement(needs), bounds),
  ]);
  const seriesById = Map.groupBy(series, ({ id }) => id);
  return new Map(
    rows.map(({ id, hourCount, firstHour, hours: found }) => {
      const lanes = new StoredLanes(seriesById.get(id) ?? [], range.from.getTime());
      const hours = (found ?? []).map((json) => new StoredHour(json, settle.get(id) ?? 0, lanes));
      return [id, { hourCount, firstHour, hours }];
    }),
  );
}

const lateHour = "v.closed_at IS NULL OR v.closed_at > v.deadline_at";
const needed: Record<HoursNeeded, string> = {
  slow: `${lateHour} OR v.closed_at > v.hour + interval '1 hour' + make_interval(secs => coalesce($4::float8, 0))
         AND v.closed_at - v.hour - interval '1 hour' > coalesce($5::float8, 0) * (v.deadline_at - v.hour - interval '1 hour')`,
  lossy: "v.lost > 0 OR NOT v.known",
  duplicated: "v.duplicated > 0",
  skewed: "v.skewed > 0.0003 * v.delivered",
  all: "true",
};

// Which lane misplaced events is only in the totals.
const skewOf = `
WITH asked AS (
  SELECT v.event_type_id, v.hour FROM verdict v
   WHERE v.event_type_id = ANY ($3) AND v.hour BETWEEN $1 AND $2 AND v.revision > 0 AND ${needed.skewed}
), skew AS (
  SELECT s.event_type_id, s.hour, json_object_agg(d.name, s.skewed) AS by_datacenter
    FROM (SELECT l.event_type_id, l.hour, l.datacenter_id, sum(l.events) AS skewed
            FROM asked a JOIN lane_total l ON l.event_type_id = a.event_type_id AND l.hour = a.hour
           WHERE l.hour BETWEEN $1 AND $2 AND l.stage = 3 AND l.landed_hour <> l.hour GROUP BY 1, 2, 3) s
    JOIN datacenter d ON d.id = s.datacenter_id
   GROUP BY 1, 2
)`;
const skewJoin = "LEFT JOIN skew ON skew.event_type_id = v.event_type_id AND skew.hour = v.hour";

const hoursStatement = (needs: HoursNeeded) => `${needs === "skewed" ? skewOf : ""}
SELECT v.event_type_id AS id, count(*)::int AS "hourCount", min(v.hour) AS "firstHour",
       json_agg(json_build_object(${judgedMembers}, 'skews', ${needs === "skewed" ? "skew.by_datacenter" : "NULL"}) ORDER BY v.hour) FILTER (WHERE ${needed[needs]}) AS hours
  FROM verdict v
  JOIN event_type t ON t.id = v.event_type_id ${needs === "skewed" ? skewJoin : ""}
 WHERE v.event_type_id = ANY ($3) AND v.hour BETWEEN $1 AND $2 AND v.revision > 0
   AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
 GROUP BY 1`;

// One column each, one entry per hour: a hundred thousand hours have half a million lanes, and as objects those would dominate the cost.
const lanesStatement = (needs: HoursNeeded) => `
SELECT l.event_type_id AS id, l.datacenter AS dc,
       string_agg((date_part('epoch', l.hour - $1::timestamptz) / 3600)::int::text, ',') AS hours,
       string_agg(coalesce((date_part('epoch', l.closed_at) * 1000)::bigint::text, ''), ',') AS closings,
       string_agg(coalesce(l.produced::text, ''), ',') AS produced,
       string_agg(coalesce(l.published::text, ''), ',') AS published,
       string_agg(l.delivered::text, ',') AS delivered
  FROM verdict v
  JOIN lane_figures l ON l.event_type_id = v.event_type_id AND l.hour = v.hour AND l.hour BETWEEN $1 AND $2
 WHERE v.event_type_id = ANY ($3) AND v.hour BETWEEN $1 AND $2 AND v.revision > 0 AND (${needed[needs]})
 GROUP BY 1, 2 ORDER BY 1, l.datacenter COLLATE "C"`;

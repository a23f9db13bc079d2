import type { LaneJson, LanesJson } from "#domain/api/lateness.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Stage, stages } from "#domain/protocol.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { findDatacenter } from "./find-datacenter.ts";

/** The state of every claimed type expected at a datacenter, furthest behind first. */
export async function readLanes({ ctx, input }: Call<{ name: string }>): Promise<LanesJson> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  await findDatacenter(ctx, input.name);
  const rows = await loadLanes(ctx.database.sql, input.name, now);
  return {
    datacenter: input.name,
    items: rows.map((row) => toJson(row, now)).sort(furthestBehindFirst),
    asOf: formatInstant(now),
  };
}

interface Row {
  eventType: string;
  tier: string;
  deadlineSeconds: number;
  watermark: Date | null;
  openHours: number;
  oldestOpenHour: Date | null;
  lateHours: number;
  backlogs: { stage: number; oldestAgeSeconds: number; messages: number | null; observedMs: number }[];
}

async function loadLanes(sql: Sql, name: string, now: Date): Promise<Row[]> {
  const current = hourOf(now);
  return sql.rows<Row>(
    `WITH open AS (
       SELECT v.event_type_id, count(*)::int AS hours, min(v.hour) AS oldest, count(*) FILTER (WHERE v.deadline_at < $4)::int AS late
         FROM verdict v
         JOIN lane_figures l ON l.event_type_id = v.event_type_id AND l.hour = v.hour AND l.hour >= $2 AND l.hour < $3
        WHERE v.closed_at IS NULL AND v.revision > 0 AND v.hour >= $2 AND v.hour < $3
          AND l.datacenter = $1 AND l.closed_at IS NULL
        GROUP BY 1
     ), gauge AS (
       SELECT b.event_type_id, json_agg(json_build_object(
                'stage', b.stage, 'oldestAgeSeconds', b.oldest_age_seconds, 'messages', b.messages,
                'observedMs', date_part('epoch', b.observed_at) * 1000) ORDER BY b.stage) AS gauges
         FROM backlog b JOIN datacenter d ON d.id = b.datacenter_id WHERE d.name = $1 GROUP BY 1
     )
     SELECT t.name AS "eventType", t.tier, coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", w.watermark,
            coalesce(open.hours, 0) AS "openHours", open.oldest AS "oldestOpenHour", coalesce(open.late, 0) AS "lateHours",
            coalesce(gauge.gauges, '[]') AS backlogs
       FROM event_type t
       JOIN tier ON tier.name = t.tier
       JOIN datacenter d ON d.name = $1
       LEFT JOIN watermark w ON w.event_type_id = t.id AND w.datacenter_id = d.id
       LEFT JOIN open ON open.event_type_id = t.id
       LEFT JOIN gauge ON gauge.event_type_id = t.id
      WHERE t.claimed_at IS NOT NULL AND t.active_from <= $4 AND (t.active_to IS NULL OR t.active_to > $3)
        AND CASE WHEN t.datacenters = '{}' THEN d.claimed_at IS NOT NULL AND d.active_from <= $4 AND (d.active_to IS NULL OR d.active_to > $3)
                 ELSE d.name = ANY (t.datacenters) END`,
    [name, addHours(current, -168), current, now],
  );
}

function toJson({ watermark, oldestOpenHour, backlogs, ...row }: Row, now: Date): LaneJson {
  return {
    ...row,
    watermark: watermark && formatInstant(watermark),
    lagSeconds: watermark && Math.max(0, now.getTime() - watermark.getTime()) / 1000,
    oldestOpenHour: oldestOpenHour && formatHour(oldestOpenHour),
    backlogs: backlogs.map(({ stage, observedMs, ...gauge }) => ({
      ...gauge,
      stage: stages[stage - 1] as Stage,
      observedAt: formatInstant(new Date(observedMs)),
    })),
  };
}

function furthestBehindFirst(a: LaneJson, b: LaneJson): number {
  const lag = ({ lagSeconds }: LaneJson) => lagSeconds ?? Number.POSITIVE_INFINITY;
  return b.lateHours - a.lateHours || lag(b) - lag(a) || (a.eventType < b.eventType ? -1 : 1);
}

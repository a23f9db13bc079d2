import type { TypeFacts } from "#domain/alert.ts";
import { historyHours, newsSeconds } from "#domain/alert.ts";
import { defaultSettleSeconds } from "#domain/catalogue.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns, lanesOf, verdictKey } from "#server/verdicts/index.ts";
import { type HourJson, judgedMembers, type LaneJson, laneMembers, toHourNow, toLaneNow } from "./fact-json.ts";
import { type TypeTermsRow, typeTermsColumns, withTerms } from "./type-terms.ts";

export interface LoadTypesInput {
  now: Date;
  /** null: every claimed type. */
  eventTypeIds: readonly number[] | null;
  /** Those whose closed hours are loaded too. */
  historyOf: readonly number[];
  /** The rules' widest horizon. */
  horizonSeconds: number;
  /** The longest burn-rate window. */
  longestWindowSeconds: number;
}

export type LoadedType = TypeFacts & { id: number };

interface TypeRow extends TypeTermsRow {
  watchedFrom: Date;
  lanes: LaneJson[] | null;
  hours: HourJson[] | null;
}

// An older gauge says nothing about now.
const gaugeFreshForMs = 15 * 60_000;

/**
 * Types active now or within the horizon, with lanes and relevant hours: one statement, one row per type. Accepted hours
 * are omitted.
 */
export async function loadTypes(sql: Sql, input: LoadTypesInput): Promise<LoadedType[]> {
  const { now, eventTypeIds, historyOf, horizonSeconds, longestWindowSeconds } = input;
  const current = hourOf(now);
  const history = Math.max(historyHours, Math.ceil(longestWindowSeconds / 3600) + 1);
  const { rows } = await sql.query<TypeRow>(typesStatement, [
    now,
    eventTypeIds,
    historyOf,
    new Date(now.getTime() - horizonSeconds * 1000 - 3_600_000),
    addHours(current, -history),
    addHours(current, -1),
    new Date(now.getTime() - gaugeFreshForMs),
  ]);
  const withHistory = new Set(historyOf);
  const skews = await loadSkews(sql, rows.flatMap(skewedHours));
  return rows.map(withTerms).map(({ lanes, hours, ...type }) => ({
    ...type,
    lanes: (lanes ?? []).map(toLaneNow),
    hours: (hours ?? []).map((hour) =>
      toHourNow(hour, {
        settleSeconds: type.settleSeconds,
        skews: skews.get(verdictKey({ eventTypeId: type.id, hour: new Date(hour.hourMs) })) ?? {},
      }),
    ),
    withHistory: withHistory.has(type.id),
    volumes: null,
  }));
}

function skewedHours({ id, hours }: TypeRow): HourKey[] {
  const skewed = (hours ?? []).filter(({ asksSkews }) => asksSkews);
  return skewed.map(({ hourMs }) => ({ eventTypeId: id, hour: new Date(hourMs) }));
}

// As in defaultSettleSeconds and newsSeconds: a closed hour's counts are news until some hours after they are final.
const isNews = `(v.closed_at IS NULL OR v.closed_at + make_interval(secs => coalesce(t.settle_seconds, ${defaultSettleSeconds}) + ${newsSeconds}) >= $1)`;
const isSkewedNews = `(v.skewed > 0.0003 * v.delivered AND ${isNews})`;

// Lanes are returned only for hours where the rule may need the datacenter: in a fleet with some skew in every
// hour, few of a week's hours are news.
const hourColumns = `
  v.hour, v.closed_at,
  json_build_object(${judgedMembers},
    'breachProbability', f.breach_probability, 'closesMs', date_part('epoch', f.closes_at_p50) * 1000,
    'lanes', CASE WHEN v.state <> 'complete' OR v.lost > 0 OR v.closed_at > v.deadline_at OR (v.duplicated > 0 AND ${isNews})
                    OR ${isSkewedNews} THEN ${lanesOf("v")} END,
    'asksSkews', ${isSkewedNews}) AS facts`;

const typesStatement = `
SELECT ${typeTermsColumns}, greatest(t.active_from, t.claimed_at) AS "watchedFrom", lane.lanes, hour.hours
  FROM event_type t
  JOIN tier ON tier.name = t.tier
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object(${laneMembers}) ORDER BY d.name) AS lanes
      FROM datacenter d
      LEFT JOIN watermark w ON w.event_type_id = t.id AND w.datacenter_id = d.id
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('stage', g.stage, 'oldestAgeSeconds', g.oldest_age_seconds, 'messages', g.messages,
                 'retentionSeconds', (SELECT min(s.retention_seconds) FROM source_lane s
                                       WHERE s.event_type = t.name AND s.datacenter = d.name AND s.stage = g.stage)))
                 AS gauges
          FROM backlog g
         WHERE g.event_type_id = t.id AND g.datacenter_id = d.id AND g.observed_at > $7) b ON true
     WHERE (d.active_to IS NULL OR d.active_to > $1)
       AND CASE WHEN t.datacenters = '{}' THEN d.claimed_at IS NOT NULL AND d.active_from <= $1
                ELSE d.name = ANY (t.datacenters) END
       AND (t.active_to IS NULL OR t.active_to > $1)) lane ON true
  LEFT JOIN LATERAL (
    SELECT json_agg(h.facts ORDER BY h.hour) AS hours FROM (
      SELECT ${hourColumns} FROM verdict v
        LEFT JOIN forecast f ON f.event_type_id = v.event_type_id AND f.hour = v.hour
       WHERE v.event_type_id = t.id AND v.closed_at IS NULL AND v.revision > 0 AND v.accepted_by_correction IS NULL AND v.hour BETWEEN $4 AND $6
         AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
      UNION ALL
      -- OFFSET 0 keeps the type's range apart: with it the planner expects a single row, and takes an index that is slow for a week
      SELECT ${hourColumns}
        FROM (SELECT * FROM verdict WHERE event_type_id = t.id AND closed_at IS NOT NULL AND revision > 0 AND accepted_by_correction IS NULL
                                      AND hour BETWEEN $5 AND $6 OFFSET 0) v
        LEFT JOIN forecast f ON false
       WHERE t.id = ANY ($3)
         AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
      UNION ALL
      -- older hours that were closed meanwhile and are not well: a type may take three days
      SELECT ${hourColumns} FROM verdict v
        LEFT JOIN forecast f ON false
       WHERE t.id = ANY ($3) AND v.event_type_id = t.id AND v.state <> 'complete' AND v.closed_at >= $5 AND v.revision > 0 AND v.accepted_by_correction IS NULL
         AND v.hour >= $4 AND v.hour < $5
         AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)) h) hour ON true
 WHERE t.claimed_at IS NOT NULL AND t.active_from <= $1 AND (t.active_to IS NULL OR t.active_to > $4)
   AND ($2::int[] IS NULL OR t.id = ANY ($2))`;

/** By verdictKey: how many events each datacenter misplaced in the hour. Datacenters that misplaced none are absent. */
async function loadSkews(sql: Sql, keys: readonly HourKey[]): Promise<Map<string, Record<string, number>>> {
  const skews = new Map<string, Record<string, number>>();
  if (keys.length === 0) return skews;
  const { rows } = await sql.query<HourKey & { datacenter: string; skewed: number }>(
    `SELECT s.event_type_id AS "eventTypeId", s.hour, d.name AS datacenter, s.skewed::float8 AS skewed
       FROM (SELECT l.event_type_id, l.hour, l.datacenter_id, sum(l.events) AS skewed
               FROM ${hourKeys.from("k")}
               -- $3 and $4 let the planner leave other months' partitions out
               JOIN lane_total l ON l.event_type_id = k.event_type_id AND l.hour = k.hour AND l.hour BETWEEN $3 AND $4
              WHERE l.stage = 3 AND l.landed_hour <> l.hour GROUP BY 1, 2, 3) s
       JOIN datacenter d ON d.id = s.datacenter_id`,
    keyColumns(keys),
  );
  for (const { datacenter, skewed, ...key } of rows)
    skews.set(verdictKey(key), { ...skews.get(verdictKey(key)), [datacenter]: skewed });
  return skews;
}

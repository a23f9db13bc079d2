import { defaultSettleSeconds, defaultTolerance } from "#domain/catalogue.ts";
import type { DatacenterFacts, VerdictTerms } from "#domain/verdict.ts";
import { bulkRows, spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { expectedReporters } from "./expected-reporters.ts";

export interface HourKey {
  eventTypeId: number;
  hour: Date;
}

export const hourKeys = bulkRows({ eventTypeId: "int", hour: "timestamptz" });

/** $1 to $4 of a statement about hours: types, hours, and their span, so that the planner prunes other months' partitions. */
export function keyColumns(keys: readonly HourKey[]): unknown[] {
  return [...hourKeys.values(keys), ...spanOf(keys.map((key) => key.hour))];
}

/** Everything `domain/verdict` needs for one hour. */
export interface HourFacts extends HourKey {
  terms: VerdictTerms;
  facts: DatacenterFacts[];
}

interface FactRow {
  event_type_id: number;
  hour_ms: number;
  deadline_seconds: number;
  settle_seconds: number | null;
  max_lost: number | null;
  max_duplicated: number | null;
  name: string | null;
  closed_at_ms: number | null;
  watermark_ms: number | null;
  reported_produced: boolean;
  reporters_expected: number | null;
  reporters_missing: number | null;
  // Sums are numeric: many reporters at the maximum count overflow bigint.
  produced: string | null;
  published: string | null;
  delivered: string | null;
  skewed: string | null;
}

/** The facts of claimed types' hours, ordered by expected datacenter's name. Unclaimed types are omitted. */
export async function loadFacts(sql: Sql, keys: readonly HourKey[]): Promise<HourFacts[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql.query<FactRow>(factsStatement, keyColumns(keys));
  const found = new Map<string, HourFacts>();
  for (const row of rows) {
    const id = `${row.event_type_id} ${row.hour_ms}`;
    let entry = found.get(id);
    if (!entry) {
      entry = { eventTypeId: row.event_type_id, hour: new Date(row.hour_ms), terms: termsOf(row), facts: [] };
      found.set(id, entry);
    }
    if (row.name !== null) entry.facts.push(factsOf(row, row.name));
  }
  return [...found.values()];
}

// Expected: the type's own list minus the retired, else every claimed datacenter active in the hour.
// $3 and $4 bound the hours so that the planner prunes other months' partitions.
const factsStatement = `
WITH key AS (
  SELECT * FROM ${hourKeys.from("k")}
), expected AS (
  SELECT k.event_type_id, k.hour, d.id AS datacenter_id, d.name
    FROM key k
    JOIN event_type t ON t.id = k.event_type_id
    JOIN datacenter d ON CASE WHEN t.datacenters = '{}'
                              THEN d.claimed_at IS NOT NULL AND k.hour >= d.active_from
                              ELSE d.name = ANY (t.datacenters) END
                     AND (d.active_to IS NULL OR k.hour < d.active_to)
), counted AS (
  SELECT l.event_type_id, l.hour, l.datacenter_id,
         sum(l.events) FILTER (WHERE l.stage = 1) AS produced,
         sum(l.events) FILTER (WHERE l.stage = 2) AS published,
         sum(l.events) FILTER (WHERE l.stage = 3) AS delivered,
         sum(l.events) FILTER (WHERE l.stage = 3 AND l.landed_hour <> l.hour) AS skewed
    FROM key k
    JOIN lane_total l ON l.event_type_id = k.event_type_id AND l.hour = k.hour AND l.hour BETWEEN $3 AND $4
   GROUP BY 1, 2, 3
)
SELECT k.event_type_id, (extract(epoch FROM k.hour) * 1000)::float8 AS hour_ms,
       coalesce(t.deadline_seconds, tier.deadline_seconds) AS deadline_seconds,
       t.settle_seconds, t.max_lost, t.max_duplicated, e.name,
       (extract(epoch FROM least(step.closed_at, m.closed_at)) * 1000)::float8 AS closed_at_ms,
       (extract(epoch FROM w.watermark) * 1000)::float8 AS watermark_ms,
       p.hour IS NOT NULL AND t.implied_zero AS reported_produced,
       CASE WHEN t.expect_reporters THEN r.expected END AS reporters_expected,
       CASE WHEN t.expect_reporters THEN r.missing END AS reporters_missing,
       c.produced, c.published, c.delivered, c.skewed
  FROM key k
  JOIN event_type t ON t.id = k.event_type_id AND t.claimed_at IS NOT NULL
  JOIN tier ON tier.name = t.tier
  LEFT JOIN expected e ON e.event_type_id = k.event_type_id AND e.hour = k.hour
  LEFT JOIN counted c ON c.event_type_id = k.event_type_id AND c.hour = k.hour AND c.datacenter_id = e.datacenter_id
  LEFT JOIN produced_hour p ON p.hour = k.hour AND p.datacenter_id = e.datacenter_id AND p.hour BETWEEN $3 AND $4
  LEFT JOIN hour_marker m ON m.event_type_id = k.event_type_id AND m.hour = k.hour
                         AND m.datacenter_id = e.datacenter_id AND m.hour BETWEEN $3 AND $4
  LEFT JOIN watermark w ON w.event_type_id = k.event_type_id AND w.datacenter_id = e.datacenter_id
  LEFT JOIN LATERAL (
    SELECT s.closed_at FROM closing_step s
     WHERE s.event_type_id = k.event_type_id AND s.datacenter_id = e.datacenter_id
       AND s.closed_through >= k.hour + interval '1 hour'
     ORDER BY s.closed_through LIMIT 1) step ON true
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS expected, count(*) FILTER (WHERE NOT reported)::int AS missing
      FROM (${expectedReporters("k.event_type_id", "k.hour", "e.datacenter_id")}) who
     WHERE t.expect_reporters) r ON true
 ORDER BY k.event_type_id, k.hour, e.name`;

function termsOf(row: FactRow): VerdictTerms {
  return {
    deadlineSeconds: row.deadline_seconds,
    settleSeconds: row.settle_seconds ?? defaultSettleSeconds,
    maxLost: row.max_lost ?? defaultTolerance,
    maxDuplicated: row.max_duplicated ?? defaultTolerance,
  };
}

function factsOf(row: FactRow, name: string): DatacenterFacts {
  return {
    name,
    closedAt: row.closed_at_ms === null ? null : new Date(row.closed_at_ms),
    watermark: row.watermark_ms === null ? null : new Date(row.watermark_ms),
    reportedProduced: row.reported_produced,
    reportersExpected: row.reporters_expected,
    reportersMissing: row.reporters_missing,
    produced: asCount(row.produced),
    published: asCount(row.published),
    delivered: asCount(row.delivered),
    skewed: asCount(row.skewed) ?? 0n,
  };
}

/** Sums come as text: they may be larger than a double can say. */
export function asCount(sum: string | null): bigint | null {
  return sum === null ? null : BigInt(sum);
}

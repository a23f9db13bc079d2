import type { CorrectionDraft } from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns, verdictKey } from "#server/verdicts/index.ts";
import type { Scope } from "./resolve-scope.ts";

/** A datacenter's remaining counts in an hour; null: nothing was reported. */
export interface LeftCounts {
  produced: bigint | null;
  published: bigint | null;
  delivered: bigint | null;
  skewed: bigint | null;
  /** Of this type or any other. */
  reportedProduced: boolean;
}

interface Asked {
  draft: CorrectionDraft;
  scope: Scope;
  keys: readonly HourKey[];
}

/** Per hour, by verdictKey. */
export async function loadLeftCounts(sql: Sql, { draft, scope, keys }: Asked): Promise<Map<string, LeftCounts>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<
    HourKey & Record<"produced" | "published" | "delivered" | "skewed", string | null> & { others: boolean }
  >(
    `WITH key AS (
       SELECT * FROM ${hourKeys.from("k")}
     ), counted AS (
       SELECT r.hour, r.stage, r.reporter_id, r.landed_hour, r.events FROM key k
         JOIN report r ON r.event_type_id = k.event_type_id AND r.hour = k.hour AND r.hour BETWEEN $3 AND $4 AND r.datacenter_id = $5
       UNION ALL
       SELECT p.hour, r.stage, r.reporter_id, coalesce(r.landed_hour, p.hour), r.events FROM key k
         JOIN report_packed p ON p.event_type_id = k.event_type_id AND p.hour = k.hour AND p.hour BETWEEN $3 AND $4
                             AND p.datacenter_id = $5,
              unnest(p.stages, p.reporter_ids, p.landed_hours, p.events) AS r(stage, reporter_id, landed_hour, events)
     ), kept AS (
       SELECT * FROM counted
        WHERE NOT (($6::smallint IS NULL OR stage = $6) AND ($7::int IS NULL OR reporter_id = $7))
     ), summed AS (
       SELECT hour, sum(events) FILTER (WHERE stage = 1) AS produced, sum(events) FILTER (WHERE stage = 2) AS published,
              sum(events) FILTER (WHERE stage = 3) AS delivered,
              sum(events) FILTER (WHERE stage = 3 AND landed_hour <> hour) AS skewed
         FROM kept GROUP BY 1
     )
     SELECT k.event_type_id AS "eventTypeId", k.hour, s.produced, s.published, s.delivered, s.skewed,
            EXISTS (SELECT FROM event_type t CROSS JOIN LATERAL (
                      SELECT FROM lane_total l
                       WHERE l.event_type_id = t.id AND l.hour = k.hour AND l.datacenter_id = $5 AND l.stage = 1 LIMIT 1) l
                     WHERE t.id <> k.event_type_id) AS others
       FROM key k LEFT JOIN summed s ON s.hour = k.hour`,
    [
      ...keyColumns(keys),
      scope.datacenterId,
      draft.stage === null ? null : stages.indexOf(draft.stage) + 1,
      scope.reporterId,
    ],
  );
  return new Map(
    rows.map(({ others, ...row }) => {
      const [produced, published, delivered, skewed] = [row.produced, row.published, row.delivered, row.skewed].map(
        asCount,
      );
      const left = { produced, published, delivered, skewed, reportedProduced: others || row.produced !== null };
      return [verdictKey(row), left as LeftCounts];
    }),
  );
}

function asCount(sum: string | null): bigint | null {
  return sum === null ? null : BigInt(sum);
}

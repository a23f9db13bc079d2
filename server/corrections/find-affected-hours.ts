import type { CorrectionDraft } from "#domain/correction.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { stages } from "#domain/protocol.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import { readOldestFacts } from "./read-oldest-facts.ts";
import type { Scope } from "./resolve-scope.ts";

export interface AffectedHours {
  /** The newest, up to previewedHours. */
  keys: HourKey[];
  count: number;
  eventTypeIds: number[];
  /** All hours lie within; `to` excluded. */
  from: Date;
  to: Date;
}

interface Asked {
  draft: CorrectionDraft;
  scope: Scope;
  now: Date;
}

export const previewedHours = 100;

/** Hours with counts in the scope, packed or not. */
export async function findCountedHours(sql: Sql, { draft, scope }: Asked): Promise<AffectedHours> {
  const { rows } = await sql.query<HourKey>(
    `SELECT $1::int AS "eventTypeId", hour FROM (
       SELECT DISTINCT hour FROM report
        WHERE event_type_id = $1 AND datacenter_id = $2 AND hour >= $3 AND hour < $4
          AND ($5::smallint IS NULL OR stage = $5) AND ($6::int IS NULL OR reporter_id = $6)
       UNION
       SELECT hour FROM report_packed p
        WHERE event_type_id = $1 AND datacenter_id = $2 AND hour >= $3 AND hour < $4
          AND EXISTS (SELECT FROM unnest(p.stages, p.reporter_ids) AS r(stage, reporter_id)
                       WHERE ($5::smallint IS NULL OR r.stage = $5) AND ($6::int IS NULL OR r.reporter_id = $6))) found
      ORDER BY hour DESC`,
    [
      scope.eventTypeId,
      scope.datacenterId,
      draft.from ?? "-infinity",
      draft.to ?? "infinity",
      draft.stage === null ? null : stages.indexOf(draft.stage) + 1,
      scope.reporterId,
    ],
  );
  return toAffected(rows);
}

/** Ended hours of claimed types that marks after the instant closed, or closed earlier than other marks. */
export async function findMarkedHours(sql: Sql, { draft, scope, now }: Asked): Promise<AffectedHours> {
  const { rows } = await sql.query<HourKey>(
    `WITH lane AS (
       SELECT event_type_id, min(closed_at) AS since, max(closed_through) AS through FROM closing_mark
        WHERE datacenter_id = $1 AND ($2::int IS NULL OR event_type_id = $2) AND closed_through > $3 GROUP BY 1
     )
     SELECT lane.event_type_id AS "eventTypeId", h AS hour
       FROM lane JOIN event_type t ON t.id = lane.event_type_id AND t.claimed_at IS NOT NULL
       LEFT JOIN LATERAL (SELECT s.closed_through FROM closing_step s
                           WHERE s.event_type_id = lane.event_type_id AND s.datacenter_id = $1 AND s.closed_at < lane.since
                           ORDER BY s.closed_through DESC LIMIT 1) below ON true,
            generate_series(greatest(coalesce(below.closed_through, t.active_from), t.active_from, $5::timestamptz),
                            least(lane.through, t.active_to, $4) - interval '1 hour', interval '1 hour') h
     UNION
     SELECT m.event_type_id, m.hour FROM hour_marker m JOIN event_type t ON t.id = m.event_type_id AND t.claimed_at IS NOT NULL
      WHERE m.datacenter_id = $1 AND ($2::int IS NULL OR m.event_type_id = $2) AND m.hour > $3::timestamptz - interval '1 hour' AND m.hour < $4
      ORDER BY hour DESC, 1`,
    [scope.datacenterId, scope.eventTypeId, draft.after, hourOf(now), await readOldestFacts(sql)],
  );
  return toAffected(rows);
}

export function toAffected(rows: readonly HourKey[]): AffectedHours {
  return {
    keys: rows.slice(0, previewedHours),
    count: rows.length,
    eventTypeIds: [...new Set(rows.map(({ eventTypeId }) => eventTypeId))],
    from: rows.at(-1)?.hour ?? new Date(0),
    to: addHours(rows[0]?.hour ?? new Date(0), 1),
  };
}

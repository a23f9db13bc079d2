import { finalStates } from "#domain/revision.ts";
import type { AffectedHours, Impact } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { hoursSpan, isVerdictOf } from "./verdicts-of-hours.ts";

/** More likely than not. */
const likely = 0.5;

export interface ImpactRow extends AffectedHours, Omit<Impact, "consumers" | "consumerCount" | "hoursAtRisk"> {
  id: bigint;
  /** The deadlines of hours that are likelier to miss them than not. */
  risksAt: Date[];
}

/** What becomes of incidents' hours, by their current verdicts; incidents without hours are left out. */
export async function loadImpacts(sql: Sql, ids: readonly bigint[], now: Date): Promise<Map<bigint, ImpactRow>> {
  const { rows } = await sql.query<ImpactRow>(
    `WITH ${hoursSpan}, affected AS (
       SELECT h.incident_id AS id, h.event_type_id, h.hour, v.state, v.known, v.produced, v.lost, v.duplicated, v.deadline_at, v.closed_at,
              v.accepted_by_correction IS NOT NULL AS accepted,
              -- an hour whose verdict is no longer stored was final
              v.state IS NULL OR v.state = ANY ($3::text[]) AS final, f.breach_probability AS risk
         FROM incident_hour h
         LEFT JOIN verdict v ON ${isVerdictOf("h")}
         LEFT JOIN forecast f ON f.event_type_id = h.event_type_id AND f.hour = h.hour
        WHERE h.incident_id = ANY ($1)
     )
     SELECT id, min(hour) AS first, max(hour) AS last, count(*)::int AS affected,
            count(DISTINCT event_type_id)::int AS "eventTypeCount",
            count(*) FILTER (WHERE final AND NOT accepted)::int AS final, count(*) FILTER (WHERE accepted)::int AS accepted,
            count(*) FILTER (WHERE final AND NOT accepted AND state <> 'complete')::int AS lossy,
            count(*) FILTER (WHERE coalesce(closed_at, $2) > deadline_at)::int AS "missedDeadlines",
            coalesce(array_agg(deadline_at) FILTER (WHERE closed_at IS NULL AND deadline_at >= $2 AND risk >= $4), '{}') AS "risksAt",
            coalesce(sum(lost) FILTER (WHERE final), 0)::float8 AS lost,
            coalesce(sum(duplicated) FILTER (WHERE final), 0)::float8 AS duplicated,
            CASE WHEN bool_and(known) FILTER (WHERE final) THEN sum(produced) FILTER (WHERE final) END::float8 AS produced
       FROM affected GROUP BY id`,
    [ids, now, [...finalStates], likely],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

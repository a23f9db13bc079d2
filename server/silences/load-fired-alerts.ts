import type { Severity } from "#domain/alert-rule.ts";
import type { Labels, Matcher } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";

export interface FiredAlert {
  fingerprint: string;
  rule: string;
  severity: Severity;
  labels: Record<string, string>;
  firingSince: Date;
  incidentId: string | null;
}

/** More alerts than any fleet's worst week; a preview of more would only say: too many. */
export const maxBeginnings = 50_000;

/** Labels that every alert which the matchers match has, for the index. */
export function equalLabels(matchers: readonly Matcher[]): Labels {
  return Object.fromEntries(
    matchers.flatMap(({ name, op, value }) => (op === "=" && value !== "" ? [[name, value]] : [])),
  );
}

/** Firing alerts with these labels, latest first. */
export async function loadFiring(sql: Sql, equal: Labels): Promise<FiredAlert[]> {
  return sql.rows<FiredAlert>(
    `SELECT fingerprint, rule, severity, labels, coalesce(firing_since, changed_at) AS "firingSince",
            incident_id::text AS "incidentId"
       FROM alert
      WHERE state IN ('firing', 'recovering') AND labels @> $1
      ORDER BY "firingSince" DESC, fingerprint`,
    [JSON.stringify(equal)],
  );
}

/** Each time an alert with these labels started firing, latest first. */
export async function loadBeginnings(
  sql: Sql,
  { equal, from, to }: { equal: Labels; from: Date; to: Date },
): Promise<FiredAlert[]> {
  return sql.rows<FiredAlert>(
    `SELECT fingerprint, rule, coalesce(labels->>'severity', 'info') AS severity, labels, at AS "firingSince",
            incident_id::text AS "incidentId"
       FROM alert_transition
      WHERE to_state = 'firing' AND from_state <> 'recovering' AND at >= $2 AND at <= $3 AND labels @> $1
      ORDER BY at DESC, id DESC
      LIMIT $4`,
    [JSON.stringify(equal), from, to, maxBeginnings],
  );
}

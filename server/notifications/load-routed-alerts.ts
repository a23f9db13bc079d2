import type { Sql } from "#server/db/database.ts";

/** An alert with its data for messages. */
export interface NotableAlert {
  fingerprint: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  severity: string;
  firing: boolean;
  value: number | null;
  startsAt: Date;
  resolvedAt: Date | null;
  incidentId: bigint | null;
}

const columns = `
  fingerprint, labels, annotations, severity, state IN ('firing', 'recovering') AS firing, value,
  coalesce(firing_since, pending_since, resolved_at, changed_at) AS "startsAt", resolved_at AS "resolvedAt",
  incident_id AS "incidentId"`;

/** All firing alerts, since they may inhibit; and those a group may still report as over. */
export async function loadRoutedAlerts(
  sql: Sql,
  { notifiedFiring, resolvedSince }: { notifiedFiring: readonly string[]; resolvedSince: Date },
): Promise<NotableAlert[]> {
  return sql.rows<NotableAlert>(
    `SELECT ${columns} FROM alert
      WHERE state IN ('firing', 'recovering') OR fingerprint = ANY($1) OR resolved_at >= $2
      ORDER BY fingerprint`,
    [notifiedFiring, resolvedSince],
  );
}

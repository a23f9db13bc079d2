import type { SloIncidents } from "#domain/api/slo-report.ts";
import { formatInstant } from "#domain/instant.ts";
import { incidentDurations, medianSeconds, type Period } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";

interface IncidentRow {
  id: string;
  title: string;
  since: Date;
  openedAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  firstDeadlineAt: Date;
  hours: number;
  lateHours: number;
}

const shown = 10;

/** Incidents opened in the period that affected hours of these types, with response times. Without severity info: it pages no one. */
export async function loadIncidents(
  sql: Sql,
  { from, to }: Period,
  types: readonly string[],
  now: Date,
): Promise<SloIncidents> {
  const { rows } = await sql.query<IncidentRow>(
    `SELECT i.id::text AS id, i.title, i.since, i.opened_at AS "openedAt", i.acknowledged_at AS "acknowledgedAt",
            i.acknowledged_by AS "acknowledgedBy", i.resolved_at AS "resolvedAt", affected.first_deadline_at AS "firstDeadlineAt",
            affected.hours, affected.late_hours AS "lateHours"
       FROM incident i
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS hours, min(v.deadline_at) AS first_deadline_at,
               count(*) FILTER (WHERE v.deadline_at < $4 AND (v.closed_at IS NULL OR v.closed_at > v.deadline_at))::int AS late_hours
          FROM incident_hour h
          JOIN event_type t ON t.id = h.event_type_id AND t.name = ANY ($3)
          -- hours of a month before and up to now: other months' partitions are left out
          JOIN verdict v ON v.event_type_id = h.event_type_id AND v.hour = h.hour AND v.hour >= $1::timestamptz - interval '744 hours'
                        AND v.hour < $4
         WHERE h.incident_id = i.id) affected
      WHERE i.opened_at >= $1 AND i.opened_at < $2 AND i.severity <> 'info' AND affected.hours > 0
      ORDER BY affected.late_hours DESC, affected.hours DESC, i.id`,
    [from, to, types, now],
  );
  const all = rows.map((row) => ({ row, durations: incidentDurations(row) }));
  const median = (field: keyof SloIncidents["medians"]) => medianSeconds(all.map(({ durations }) => durations[field]));
  return {
    count: all.length,
    items: all.slice(0, shown).map(({ row, durations }) => ({
      id: row.id,
      title: row.title,
      openedAt: formatInstant(row.openedAt),
      acknowledgedBy: row.acknowledgedBy,
      hours: row.hours,
      lateHours: row.lateHours,
      ...durations,
    })),
    medians: {
      detectSeconds: median("detectSeconds"),
      acknowledgeSeconds: median("acknowledgeSeconds"),
      resolveSeconds: median("resolveSeconds"),
      leadSeconds: median("leadSeconds"),
    },
  };
}

import { showContacts } from "#domain/access/addresses.ts";
import type { IncidentEventJson, IncidentHourJson, IncidentJson } from "#domain/api/alerts.ts";
import { type WithDates, writeDates } from "#domain/api/shared.ts";
import { isDeadlineMet } from "#domain/deadline.ts";
import { formatHour, hourEnd } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { withoutToday } from "#domain/moment.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { type AlertRow, alertColumns, toAlertJson } from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type AcceptedBy, acceptedColumn, toAcceptedJson } from "#server/verdicts/index.ts";
import { readIncidentId, unknownIncident } from "./find-incident.ts";
import { type IncidentRow, incidentColumns, incidentCounts, toIncidentJson } from "./incident-json.ts";

const maxItems = 500;

export interface ReadIncidentInput {
  id: string;
  /** It goes into a document that is read on other days: all times have their dates. */
  isKept?: boolean;
}

/** One incident with its timeline, hours, alerts and deliveries. */
export async function readIncident({ ctx, input }: Call<ReadIncidentInput>): Promise<IncidentJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const id = readIncidentId(input.id);
  const [row] = await sql.rows<IncidentRow>(
    `SELECT ${incidentColumns} FROM incident i ${incidentCounts} WHERE i.id = $1`,
    [id],
  );
  if (!row) throw unknownIncident(input.id);
  const now = ctx.clock.now();
  const readAt = input.isKept ? null : now;
  const [timeline, hours, alerts, deliveries] = await Promise.all([
    loadTimeline(sql, id, readAt),
    loadHours(sql, id, now),
    loadAlerts(sql, id, readAt),
    loadDeliveries(sql, id),
  ]);
  return { ...showContacts(ctx, toIncidentJson(row, readAt)), timeline, hours, alerts, deliveries };
}

async function loadTimeline(sql: Sql, id: bigint, readAt: Date | null): Promise<IncidentEventJson[]> {
  const { rows } = await sql.query<Omit<IncidentEventJson, "at"> & { at: Date }>(
    `SELECT * FROM (SELECT id::text, at, kind, actor, message, detail, id AS nth FROM incident_event
                     WHERE incident_id = $1 ORDER BY id DESC LIMIT $2) newest ORDER BY nth`,
    [id, maxItems],
  );
  return rows.map(({ id: eventId, at, kind, actor, message, detail }) => ({
    id: eventId,
    at: formatInstant(at),
    kind,
    actor,
    // What a person wrote stays as it was written.
    message: actor === "tidemark" ? withoutToday(message, readAt) : message,
    detail,
  }));
}

interface HourRow {
  eventType: string;
  hour: Date;
  state: VerdictState | null;
  deadlineAt: Date | null;
  closedAt: Date | null;
  lost: bigint | null;
  duplicated: bigint | null;
  acceptedBy: AcceptedBy | null;
  addedAt: Date;
  recoveredAt: Date | null;
}

async function loadHours(sql: Sql, id: bigint, now: Date): Promise<IncidentHourJson[]> {
  const { rows } = await sql.query<HourRow>(
    `SELECT t.name AS "eventType", h.hour, v.state, v.deadline_at AS "deadlineAt", v.closed_at AS "closedAt", v.lost,
            v.duplicated, ${acceptedColumn("v")}, h.added_at AS "addedAt", h.recovered_at AS "recoveredAt"
       FROM incident_hour h
       JOIN event_type t ON t.id = h.event_type_id
       LEFT JOIN verdict v ON v.event_type_id = h.event_type_id AND v.hour = h.hour
      WHERE h.incident_id = $1
      ORDER BY (h.recovered_at IS NULL) DESC, h.hour, t.name LIMIT $2`,
    [id, maxItems],
  );
  return rows.map(({ hour, closedAt, deadlineAt, lost, duplicated, acceptedBy, addedAt, recoveredAt, ...row }) => ({
    ...row,
    hour: formatHour(hour),
    deadlineAt: deadlineAt && formatInstant(deadlineAt),
    deadlineMet: deadlineAt && isDeadlineMet(closedAt?.getTime() ?? null, deadlineAt.getTime(), now.getTime()),
    closingDelaySeconds: closedAt && (closedAt.getTime() - hourEnd(hour).getTime()) / 1000,
    lost: Number(lost ?? 0),
    duplicated: Number(duplicated ?? 0),
    accepted: toAcceptedJson(acceptedBy),
    addedAt: formatInstant(addedAt),
    recoveredAt: recoveredAt && formatInstant(recoveredAt),
  }));
}

async function loadAlerts(sql: Sql, id: bigint, readAt: Date | null): Promise<IncidentJson["alerts"]> {
  const { rows } = await sql.query<AlertRow>(
    `WITH own AS (
       SELECT a.fingerprint, a.rule, a.labels, a.severity, a.pending_since, m.incident_id,
              -- one that fires again for another incident is over here, and says what it said when it joined
              CASE WHEN moved THEN 'normal' ELSE a.state END AS state,
              CASE WHEN moved THEN m.annotations ELSE a.annotations END AS annotations,
              CASE WHEN moved THEN last.value ELSE a.value END AS value,
              CASE WHEN moved THEN m.joined_at ELSE a.firing_since END AS firing_since,
              CASE WHEN moved THEN last.at ELSE a.resolved_at END AS resolved_at,
              CASE WHEN moved THEN coalesce(last.at, m.joined_at) ELSE a.changed_at END AS changed_at
         FROM incident_alert m
         JOIN alert a ON a.fingerprint = m.fingerprint
        CROSS JOIN LATERAL (SELECT a.incident_id IS DISTINCT FROM m.incident_id AS moved) now
         LEFT JOIN LATERAL (SELECT t.at, t.value FROM alert_transition t
                             WHERE moved AND t.fingerprint = m.fingerprint AND t.incident_id = m.incident_id
                             ORDER BY t.id DESC LIMIT 1) last ON true
        WHERE m.incident_id = $1
     )
     SELECT ${alertColumns} FROM own a
      ORDER BY array_position(ARRAY['firing', 'recovering', 'pending'], a.state), a.severity, a.firing_since, a.fingerprint LIMIT $2`,
    [id, maxItems],
  );
  return rows.map((alert) => toAlertJson(alert, readAt));
}

async function loadDeliveries(sql: Sql, id: bigint): Promise<IncidentJson["deliveries"]> {
  const deliveries = await sql.rows<WithDates<IncidentJson["deliveries"][number], "createdAt" | "sentAt">>(
    `SELECT id::text, receiver AS channel, kind, state, attempts, created_at AS "createdAt", sent_at AS "sentAt" FROM delivery
      WHERE incident_id = $1 ORDER BY delivery.id DESC LIMIT $2`,
    [id, maxItems],
  );
  return deliveries.map((row) => writeDates(row, ["createdAt", "sentAt"]));
}

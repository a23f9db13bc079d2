import type { SituationJson } from "#domain/api/situation.ts";
import { everywhereLate } from "#domain/incident.ts";
import type { Sql } from "#server/db/database.ts";

/** Names kept in the record; the rest are counted. */
const listedTypes = 50;

/** An incident with the places and types that its alerts and hours name, now or before. */
export interface ExtentRow {
  id: bigint;
  causeKey: string;
  openedAt: Date;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  /** null: it is being opened. */
  situation: SituationJson | null;
  revision: number;
  firing: number;
  datacenters: string[];
  eventTypes: string[];
  eventTypeCount: number;
}

export async function loadExtents(sql: Sql, ids: readonly bigint[]): Promise<ExtentRow[]> {
  return sql.rows<ExtentRow>(
    `SELECT i.id, i.cause_key AS "causeKey", i.opened_at AS "openedAt", i.resolved_at AS "resolvedAt",
            i.resolved_by AS "resolvedBy", i.situation, i.situation_revision AS revision, own.firing, place.datacenters,
            type.names[1:$2] AS "eventTypes", cardinality(type.names) AS "eventTypeCount"
       FROM incident i
      CROSS JOIN LATERAL (SELECT count(*)::int AS firing FROM alert a
                           WHERE a.incident_id = i.id AND a.state IN ('firing', 'recovering')) own
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(name ORDER BY name), '{}') AS datacenters
          FROM (SELECT d.name FROM incident_alert m JOIN alert a ON a.fingerprint = m.fingerprint
                  JOIN datacenter d ON d.id = a.datacenter_id WHERE m.incident_id = i.id
                 UNION
                SELECT d.name FROM datacenter d
                 WHERE (i.cause_key = $3 AND d.claimed_at IS NOT NULL) OR starts_with(i.cause_key, 'datacenter/' || d.name || '/')
               ) named) place
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(name ORDER BY name), '{}') AS names
          FROM (SELECT t.name FROM incident_alert m JOIN alert a ON a.fingerprint = m.fingerprint
                  JOIN event_type t ON t.id = a.event_type_id WHERE m.incident_id = i.id
                 UNION
                SELECT t.name FROM incident_hour h JOIN event_type t ON t.id = h.event_type_id WHERE h.incident_id = i.id
               ) named) type
      WHERE i.id = ANY ($1) ORDER BY i.id`,
    [ids, listedTypes, everywhereLate],
  );
}

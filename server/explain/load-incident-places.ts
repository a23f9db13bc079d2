import type { CauseKey } from "#domain/incident.ts";
import type { Sql } from "#server/db/database.ts";

/** Lanes per datacenter that are looked at: those that the incident names first. */
const mostLanes = 200;

export interface IncidentLane {
  eventTypeId: number;
  eventType: string;
  datacenterId: number;
  datacenter: string;
  isNamed: boolean;
}

/**
 * The lanes to look at: of a delayed datacenter all, of other troubles those that an alert or an affected hour names. At most 200 for each
 * datacenter.
 */
export async function loadIncidentLanes(sql: Sql, incidentId: bigint, key: CauseKey): Promise<IncidentLane[]> {
  return sql.rows<IncidentLane>(
    `WITH named AS (
       SELECT a.event_type_id, a.datacenter_id FROM alert a WHERE a.incident_id = $1
        UNION
       SELECT h.event_type_id, NULL FROM incident_hour h WHERE h.incident_id = $1
     ), lane AS (
       SELECT w.event_type_id, t.name AS "eventType", w.datacenter_id, d.name AS datacenter,
              EXISTS (SELECT FROM named n WHERE n.event_type_id = w.event_type_id
                         AND (n.datacenter_id IS NULL OR n.datacenter_id = w.datacenter_id)) AS "isNamed"
         FROM watermark w
         JOIN event_type t ON t.id = w.event_type_id AND t.claimed_at IS NOT NULL AND t.name = coalesce($3, t.name)
         JOIN datacenter d ON d.id = w.datacenter_id AND d.name = coalesce($2, d.name)
     ), placed AS (
       SELECT lane.*, row_number() OVER (PARTITION BY datacenter_id ORDER BY "isNamed" DESC, event_type_id) AS place FROM lane
        WHERE $4 OR "isNamed"
     )
     SELECT event_type_id AS "eventTypeId", "eventType", datacenter_id AS "datacenterId", datacenter, "isNamed"
       FROM placed WHERE place <= $5 ORDER BY datacenter, event_type_id`,
    [incidentId, key.datacenter, key.eventType, key.trouble === "late", mostLanes],
  );
}

import type { Clock } from "#domain/clock.ts";
import { finalStates } from "#domain/revision.ts";
import type { Sql } from "#server/db/database.ts";
import { endSituations } from "./end-situations.ts";
import type { IncidentListener } from "./listener.ts";
import { type IncidentEvent, writeIncidentEvents } from "./write-incident-events.ts";

const actor = "tidemark";

/**
 * Marks affected hours that became final or were accepted, and resolves incidents with none left. Returns how
 * many were resolved.
 */
export async function recoverIncidents(
  tx: Sql,
  { clock, listener }: { clock: Clock; listener: IncidentListener },
): Promise<number> {
  const now = clock.now();
  const moved = await moveHours(tx, now);
  const resolved = await resolveOver(tx, now);
  const events: IncidentEvent[] = [
    ...moved.map(eventOf),
    ...resolved.map(({ id, acceptedHours }) => ({
      incidentId: id,
      kind: "resolved" as const,
      actor,
      message: `Its alerts are back to normal and its hours are final${acceptedHours > 0 ? " or accepted" : ""}.`,
    })),
  ];
  await writeIncidentEvents(tx, events, now);
  const ids = resolved.map(({ id }) => id);
  await endSituations(tx, ids, { clock, listener });
  await listener.resolved(tx, { clock, incidentIds: ids });
  return resolved.length;
}

/** Hours of an incident with the same outcome, by the same correction. */
interface Moved {
  incidentId: bigint;
  how: "recovered" | "accepted" | "no longer accepted";
  hours: number;
  left: number;
  by: string | null;
  reason: string | null;
}

function eventOf({ incidentId, how, hours, left, by, reason }: Moved): IncidentEvent {
  const some = hours === 1 ? "1 hour" : `${hours} hours`;
  const rest = left === 0 ? "none is left" : `${left} ${left === 1 ? "is" : "are"} left`;
  const [is, was] = hours === 1 ? ["is", "was"] : ["are", "were"];
  const detail = { hours, left };
  if (how === "recovered")
    return { incidentId, kind: "hours_recovered", actor, message: `${some} ${is} final; ${rest}.`, detail };
  if (how === "accepted") {
    const message = `${some} ${was} accepted: ${reason}; ${rest}.`;
    return { incidentId, kind: "hours_accepted", actor: by ?? actor, message: message.slice(0, 1_000), detail };
  }
  const message = `${some} ${is} no longer accepted: the acceptance was undone, or the figures got worse; ${rest}.`;
  return { incidentId, kind: "acceptance_ended", actor, message, detail };
}

async function moveHours(tx: Sql, now: Date): Promise<Moved[]> {
  return tx.rows<Moved>(
    `WITH found AS (
       SELECT h.incident_id, h.event_type_id, h.hour, h.recovered_at, h.accepted_by_correction AS accepted_before,
              v.accepted_by_correction AS accepted, v.state IS NULL OR v.state = ANY ($2::text[]) AS final
         FROM incident i
         JOIN incident_hour h ON h.incident_id = i.id
         LEFT JOIN verdict v ON v.event_type_id = h.event_type_id AND v.hour = h.hour
        WHERE i.state <> 'resolved'
          -- the others are over, and their verdicts are not read: an incident of a whole datacenter has hundreds of thousands
          AND (h.recovered_at IS NULL OR h.accepted_by_correction IS NOT NULL
               OR (h.event_type_id, h.hour) IN (SELECT event_type_id, hour FROM accepted_hour))
     ), moved AS (
       UPDATE incident_hour h
          SET accepted_by_correction = f.accepted,
              recovered_at = CASE WHEN f.final OR f.accepted IS NOT NULL THEN coalesce(h.recovered_at, $1) END
         FROM found f
        WHERE h.incident_id = f.incident_id AND h.event_type_id = f.event_type_id AND h.hour = f.hour
          -- an hour that was final once stays so for the incident, whatever is amended
          AND (f.accepted IS DISTINCT FROM f.accepted_before OR (h.recovered_at IS NULL AND f.final))
       RETURNING h.incident_id, h.event_type_id, h.hour, h.recovered_at, f.accepted,
                 CASE WHEN f.accepted IS NOT NULL THEN 'accepted' WHEN f.accepted_before IS NOT NULL THEN 'no longer accepted'
                      ELSE 'recovered' END AS how
     )
     SELECT m.incident_id AS "incidentId", m.how, count(*)::int AS hours, c.created_by AS by, c.reason,
            -- the table still shows as it was before this statement
            (SELECT count(*)::int FROM found f
              WHERE f.incident_id = m.incident_id
                AND NOT EXISTS (SELECT FROM moved n WHERE n.incident_id = f.incident_id AND n.event_type_id = f.event_type_id
                                   AND n.hour = f.hour AND n.recovered_at IS NOT NULL)
                AND (f.recovered_at IS NULL OR EXISTS (SELECT FROM moved n WHERE n.incident_id = f.incident_id
                                   AND n.event_type_id = f.event_type_id AND n.hour = f.hour))) AS left
       FROM moved m LEFT JOIN correction c ON c.id = m.accepted
      GROUP BY m.incident_id, m.how, c.id ORDER BY 1, 2, c.id`,
    [now, [...finalStates]],
  );
}

async function resolveOver(tx: Sql, now: Date): Promise<{ id: bigint; acceptedHours: number }[]> {
  // Locked first, in the evaluators' order: the next statement then sees alerts added to them meanwhile.
  await tx.query("SELECT FROM incident WHERE state <> 'resolved' ORDER BY cause_key FOR UPDATE");
  return tx.rows<{ id: bigint; acceptedHours: number }>(
    `UPDATE incident i SET state = 'resolved', resolved_at = $1, resolved_by = 'tidemark', changed_at = $1
      WHERE i.state <> 'resolved'
        AND NOT EXISTS (SELECT FROM alert a WHERE a.incident_id = i.id AND a.state IN ('firing', 'recovering'))
        AND NOT EXISTS (SELECT FROM incident_hour h WHERE h.incident_id = i.id AND h.recovered_at IS NULL)
     RETURNING id, (SELECT count(accepted_by_correction)::int FROM incident_hour h WHERE h.incident_id = i.id) AS "acceptedHours"`,
    [now],
  );
}

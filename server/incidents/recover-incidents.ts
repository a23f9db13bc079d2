import type { Clock } from "#domain/clock.ts";
import { finalStates } from "#domain/revision.ts";
import type { Sql } from "#server/db/database.ts";
import type { IncidentListener } from "./listener.ts";
import { type IncidentEvent, writeIncidentEvents } from "./write-incident-events.ts";

const actor = "tidemark";

/** Marks hurt hours that became final, and resolves the incidents of which nothing is left. Answers how many were resolved. */
export async function recoverIncidents(
  tx: Sql,
  { clock, listener }: { clock: Clock; listener: IncidentListener },
): Promise<number> {
  const now = clock.now();
  const recovered = await recoverHours(tx, now);
  const resolved = await resolveOver(tx, now);
  const events: IncidentEvent[] = [
    ...recovered.map(({ incidentId, hours, left }) => {
      const rest = left === 0 ? "none is left" : `${left} are left`;
      const message = `${hours === 1 ? "One hour is" : `${hours} hours are`} final; ${rest}.`;
      return { incidentId, kind: "hours_recovered" as const, actor, message, detail: { hours, left } };
    }),
    ...resolved.map((incidentId) => ({
      incidentId,
      kind: "resolved" as const,
      actor,
      message: "Its alerts are back to normal and its hours are final.",
    })),
  ];
  await writeIncidentEvents(tx, events, now);
  await listener.resolved(tx, { clock, incidentIds: resolved });
  return resolved.length;
}

interface Recovered {
  incidentId: bigint;
  hours: number;
  left: number;
}

async function recoverHours(tx: Sql, now: Date): Promise<Recovered[]> {
  const { rows } = await tx.query<Recovered>(
    `WITH done AS (
       UPDATE incident_hour h SET recovered_at = $1
         FROM incident i
        WHERE i.id = h.incident_id AND i.state <> 'resolved' AND h.recovered_at IS NULL
          AND NOT EXISTS (SELECT FROM verdict v WHERE v.event_type_id = h.event_type_id AND v.hour = h.hour
                             AND v.state <> ALL ($2::text[]))
       RETURNING h.incident_id
     )
     SELECT d.incident_id AS "incidentId", count(*)::int AS hours,
            ((SELECT count(*) FROM incident_hour h WHERE h.incident_id = d.incident_id AND h.recovered_at IS NULL)
             -- the rows above still show as they were before this statement
             - count(*))::int AS left
       FROM done d GROUP BY 1`,
    [now, [...finalStates]],
  );
  return rows;
}

async function resolveOver(tx: Sql, now: Date): Promise<bigint[]> {
  // Held first, in the evaluators' order: an alert that is put under one of them meanwhile is seen by the statement after.
  await tx.query("SELECT FROM incident WHERE state <> 'resolved' ORDER BY cause_key FOR UPDATE");
  const { rows } = await tx.query<{ id: bigint }>(
    `UPDATE incident i SET state = 'resolved', resolved_at = $1, resolved_by = 'tidemark', changed_at = $1
      WHERE i.state <> 'resolved'
        AND NOT EXISTS (SELECT FROM alert a WHERE a.incident_id = i.id AND a.state IN ('firing', 'recovering'))
        AND NOT EXISTS (SELECT FROM incident_hour h WHERE h.incident_id = i.id AND h.recovered_at IS NULL)
     RETURNING id`,
    [now],
  );
  return rows.map(({ id }) => id);
}

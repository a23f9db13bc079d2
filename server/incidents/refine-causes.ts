import type { Cause } from "#domain/explain.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { explains, titleOf } from "#domain/incident.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { explainHours } from "#server/explain/index.ts";
import { writeIncidentEvents } from "./write-incident-events.ts";

/** Hours explained per incident: the worst few say as much as all. */
const askedHours = 3;
/** Incidents without affected hours are explained at times too: waiting hours change without an event. */
const lookEveryMs = 15 * 60_000;
const lookForMs = 10_000;
/** What waited longer belongs to no current incident. */
const waitingHours = 72;
/** How long after its last event an incident is explained: later its hours add nothing. In the product's time. */
const askedForMs = 90_000;

interface OpenRow {
  id: bigint;
  causeKey: string;
  cause: Omit<Cause, "since"> & { since: string | null };
  keys: { id: number; ms: number }[];
}

/**
 * Sets open incidents' causes from what their hours show: an alert knows only its own symptom. A better explanation replaces
 * the old one, never a weaker one. Runs outside any transaction, because it reads much and locks nothing.
 */
export async function refineCauses({ ctx }: { ctx: Context }): Promise<void> {
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  for (const incident of await findUnexplained(sql, now)) {
    const keys = incident.keys.map(({ id, ms }) => ({ eventTypeId: id, hour: new Date(ms) }));
    const causes = (await explainHours(sql, keys, now)).flatMap((hour) => hour.causes);
    const [best] = causes.filter((cause) => explains(cause, incident.causeKey)).toSorted((a, b) => b.score - a.score);
    if (!best || best.score <= incident.cause.score) continue;
    await ctx.database.transaction((tx) => writeCause(tx, incident, best, now));
  }
}

async function findUnexplained(sql: Sql, now: Date): Promise<OpenRow[]> {
  const isTimeToLook = now.getTime() % lookEveryMs < lookForMs;
  const { rows } = await sql.query<OpenRow>(
    `SELECT i.id, i.cause_key AS "causeKey", i.cause, coalesce(affected.keys, delayed.keys) AS keys
       FROM incident i
       CROSS JOIN LATERAL (
         SELECT json_agg(json_build_object('id', h.event_type_id, 'ms', date_part('epoch', h.hour) * 1000)) AS keys
           FROM (SELECT event_type_id, hour FROM incident_hour h WHERE h.incident_id = i.id
                  ORDER BY (h.recovered_at IS NULL) DESC, h.hour DESC, h.event_type_id LIMIT $2) h) affected
       -- A page can precede the first affected hour: the waiting hours then explain it.
       CROSS JOIN LATERAL (
         SELECT json_agg(json_build_object('id', w.event_type_id, 'ms', date_part('epoch', w.hour) * 1000)) AS keys
           FROM (SELECT a.event_type_id, o.hour
                   FROM alert a
                  CROSS JOIN LATERAL (SELECT min(v.hour) AS hour FROM verdict v
                                       WHERE v.event_type_id = a.event_type_id AND v.closed_at IS NULL AND v.revision > 0
                                         AND v.hour >= $3 AND v.hour < $4) o
                  WHERE affected.keys IS NULL AND i.cause_key LIKE '%/late' AND a.incident_id = i.id AND a.state = 'firing'
                    AND o.hour IS NOT NULL
                  ORDER BY a.event_type_id LIMIT $2) w) delayed
      WHERE i.state <> 'resolved' AND coalesce(affected.keys, delayed.keys) IS NOT NULL
        AND (i.changed_at > $1 OR (affected.keys IS NULL AND $5) OR EXISTS (SELECT FROM incident_hour h WHERE h.incident_id = i.id AND h.added_at > $1))`,
    [new Date(now.getTime() - askedForMs), askedHours, addHours(hourOf(now), -waitingHours), hourOf(now), isTimeToLook],
  );
  return rows;
}

async function writeCause(tx: Sql, incident: OpenRow, cause: Cause, now: Date): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE incident SET cause = $2, title = $3, since = least(since, coalesce($4, since)), changed_at = $5
      -- zero rows: a better explanation was stored meanwhile
      WHERE id = $1 AND (cause->>'score')::float8 < $6`,
    [incident.id, JSON.stringify(cause), titleOf(cause, incident.causeKey), cause.since, now, cause.score],
  );
  if (rowCount === 0 || cause.code === incident.cause.code) return;
  await writeIncidentEvents(
    tx,
    [
      {
        incidentId: incident.id,
        kind: "cause",
        actor: "tidemark",
        message: cause.sentence,
        detail: { code: cause.code },
      },
    ],
    now,
  );
}

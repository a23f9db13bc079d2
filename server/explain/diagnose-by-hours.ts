import type { Cause, CauseCode } from "#domain/explain.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { explains } from "#domain/incident.ts";
import { type Diagnosis, likelyCauseOf, type Onset, type Situation } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import { explainHours } from "./explain-hours.ts";
import type { IncidentToDiagnose } from "./load-incident-facts.ts";

/** Hours explained per incident: the worst few say as much as all. */
const askedHours = 3;
/** What waited longer belongs to no current incident. */
const waitingHours = 72;

/**
 * Why an open incident happens by what its hours show, for as long as its lanes have no samples of it: an alert knows only its own symptom.
 * A better explanation replaces the one before, never a weaker one.
 */
export async function diagnoseByHours(
  sql: Sql,
  incident: Pick<IncidentToDiagnose, "id" | "causeKey">,
  before: Situation,
  now: Date,
): Promise<Diagnosis> {
  const held = { cause: before.cause, onset: before.onset, recovery: null };
  if (before.phase !== "starting" && before.phase !== "ongoing") return held;
  const causes = (await explainHours(sql, await findHours(sql, incident, now), now)).flatMap((hour) => hour.causes);
  const [best] = causes.filter((cause) => explains(cause, incident.causeKey)).toSorted((a, b) => b.score - a.score);
  if (!best || best.score <= before.cause.score) return held;
  return { ...held, cause: likelyCauseOf(best, now), onset: onsetOf(best, before.onset) };
}

/** Pinned: only what the first alert showed is replaced. */
function onsetOf({ code, since }: Cause, before: Onset): Onset {
  if (before.source !== "alert" || since === null) return before;
  return { at: since < before.at ? since : before.at, source: sources[code] ?? "watermark" };
}

const sources: Partial<Record<CauseCode, Onset["source"]>> = {
  telemetry_blind: "silence",
  datacenter_silent: "silence",
  publishing_stalled: "counts",
  backlog: "backlog",
  stage_loss: "counts",
  duplicate_delivery: "counts",
  skewed_delivery: "counts",
  reporters_missing: "counts",
  counts_missing: "counts",
};

async function findHours(
  sql: Sql,
  { id, causeKey }: Pick<IncidentToDiagnose, "id" | "causeKey">,
  now: Date,
): Promise<HourKey[]> {
  const affected = await sql.query<HourKey>(
    `SELECT event_type_id AS "eventTypeId", hour FROM incident_hour
      WHERE incident_id = $1 ORDER BY (recovered_at IS NULL) DESC, hour DESC, event_type_id LIMIT $2`,
    [id, askedHours],
  );
  if (affected.rows.length > 0 || !causeKey.endsWith("/late")) return affected.rows;
  // A page can precede the first affected hour: the waiting hours then explain it.
  const waiting = await sql.query<HourKey>(
    `SELECT a.event_type_id AS "eventTypeId", o.hour
       FROM alert a
      CROSS JOIN LATERAL (SELECT min(v.hour) AS hour FROM verdict v
                           WHERE v.event_type_id = a.event_type_id AND v.closed_at IS NULL AND v.revision > 0
                             AND v.hour >= $3 AND v.hour < $4) o
      WHERE a.incident_id = $1 AND a.state = 'firing' AND o.hour IS NOT NULL
      ORDER BY a.event_type_id LIMIT $2`,
    [id, askedHours, addHours(hourOf(now), -waitingHours), hourOf(now)],
  );
  return waiting.rows;
}

import { type Situation, toSituationJson } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { writeIncidentEvents } from "./write-incident-events.ts";

export interface SituationToWrite {
  incidentId: bigint;
  /** The revision that it was made from. */
  revision: number;
  situation: Situation;
  /** null: only figures moved, and the revision stays. */
  reason: string | null;
  /** The timeline says the same already: that it opened, or was resolved. */
  isInTimeline?: boolean;
}

/**
 * Stores a situation and, if it is a new revision, keeps it with its reason. The only writer of an incident's title, cause
 * and since, which lists and routes read. False: another was first, and what it wrote stays.
 */
export async function writeSituation(
  tx: Sql,
  { incidentId, revision, situation, reason, isInTimeline = false }: SituationToWrite,
  now: Date,
): Promise<boolean> {
  const { title, cause, onset } = situation;
  const stored = JSON.stringify(toSituationJson(situation));
  const next = reason === null ? revision : revision + 1;
  const { rowCount } = await tx.query(
    `UPDATE incident SET situation = $3, situation_revision = $4,
            -- a new one is looked at again at once, with what its hours show
            situation_at = CASE WHEN $2 > 0 THEN $5::timestamptz END, title = $6, cause = $3::jsonb->'cause',
            since = $7, changed_at = CASE WHEN $4 > $2 THEN $5 ELSE changed_at END
      -- zero rows: another made a revision since this one was read
      WHERE id = $1 AND situation_revision = $2`,
    [incidentId, revision, stored, next, now, title, onset.at],
  );
  if (rowCount !== 1) return false;
  if (reason === null) return true;
  await tx.query(
    "INSERT INTO incident_situation (incident_id, revision, at, reason, situation) VALUES ($1, $2, $3, $4, $5)",
    [incidentId, next, now, reason, stored],
  );
  if (isInTimeline) return true;
  const detail = { revision: next, phase: situation.phase, code: cause.code };
  const event = { incidentId, kind: "situation" as const, actor: "tidemark", message: reason.slice(0, 1_000), detail };
  await writeIncidentEvents(tx, [event], now);
  return true;
}

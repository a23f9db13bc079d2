import type { IncidentState } from "#domain/incident.ts";
import type { Sql } from "#server/db/database.ts";
import { Conflict, NotFound } from "#server/errors.ts";
import { readId } from "#server/page.ts";

export interface HeldIncident {
  id: bigint;
  state: IncidentState;
  causeKey: string;
  assignee: string | null;
}

export function unknownIncident(id: string): NotFound {
  return new NotFound(`Incident "${id}" does not exist. GET /api/v1/incidents lists all incidents.`);
}

/** Parses an incident id; NotFound if invalid. */
export function readIncidentId(id: string): bigint {
  const found = readId(id);
  if (found === null) throw unknownIncident(id);
  return found;
}

/** The incident, row-locked until the transaction ends, so that actions on it are serialised. */
export async function holdIncident(tx: Sql, id: bigint): Promise<HeldIncident> {
  const [incident] = await tx.rows<HeldIncident>(
    `SELECT id, state, cause_key AS "causeKey", assignee FROM incident WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (!incident) throw unknownIncident(String(id));
  return incident;
}

export function requireOpen({ id, state }: HeldIncident): void {
  if (state !== "resolved") return;
  throw new Conflict(
    `Incident ${id} is resolved. If its cause came back, that is a new incident; add a note to this one.`,
  );
}

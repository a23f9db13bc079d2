import type { AcceptedJson } from "#domain/api/accepted.ts";
import { formatInstant } from "#domain/instant.ts";

/** Who accepted an hour, as acceptedColumn reads it. */
export interface AcceptedBy {
  id: number;
  by: string;
  atMs: number;
  reason: string;
}

/** A column of a verdict's or a revision's row, by its alias: who accepted the hour as it is; null: nobody. */
export function acceptedColumn(alias: string): string {
  return `(SELECT json_build_object('id', c.id, 'by', c.created_by, 'atMs', extract(epoch FROM c.created_at) * 1000, 'reason', c.reason)
             FROM correction c WHERE c.id = ${alias}.accepted_by_correction) AS "acceptedBy"`;
}

export function toAcceptedJson(accepted: AcceptedBy | null): AcceptedJson | null {
  if (accepted === null) return null;
  const { id, by, atMs, reason } = accepted;
  return { correction: String(id), by, at: formatInstant(new Date(atMs)), reason };
}

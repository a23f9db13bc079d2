import type { AcceptedJson } from "#domain/api/accepted.ts";
import { formatInstant } from "#domain/instant.ts";

/** Who accepted an hour, as read by acceptedColumn. */
export interface AcceptedBy {
  id: number;
  by: string;
  atMs: number;
  reason: string;
}

/** Column for a verdict's or revision's row, by alias: who accepted the hour as is; null: not accepted. */
export function acceptedColumn(alias: string): string {
  return `(SELECT json_build_object('id', c.id, 'by', c.created_by, 'atMs', extract(epoch FROM c.created_at) * 1000, 'reason', c.reason)
             FROM correction c WHERE c.id = ${alias}.accepted_by_correction) AS "acceptedBy"`;
}

export function toAcceptedJson(accepted: AcceptedBy | null): AcceptedJson | null {
  if (accepted === null) return null;
  const { id, by, atMs, reason } = accepted;
  return { correction: String(id), by, at: formatInstant(new Date(atMs)), reason };
}

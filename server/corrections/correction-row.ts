import type { CorrectionJson } from "#domain/api/corrections.ts";
import type { CorrectionAction } from "#domain/correction.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { stages } from "#domain/protocol.ts";
import type { Correction } from "#server/db/generated/client.ts";
import { specTag } from "#server/precondition.ts";

export function toCorrectionJson(row: Correction): CorrectionJson {
  const { undoneAt, undoneBy, undoReason } = row;
  return {
    id: String(row.id),
    action: row.action as CorrectionAction,
    eventType: row.eventType,
    datacenter: row.datacenter,
    stage: row.stage === null ? null : (stages[row.stage - 1] ?? null),
    reporter: row.reporter,
    from: row.fromHour && formatHour(row.fromHour),
    to: row.toHour && formatHour(row.toHour),
    after: row.afterAt && formatInstant(row.afterAt),
    observedThrough: row.observedThrough && formatInstant(row.observedThrough),
    reason: row.reason,
    state: stateOf(row),
    affectedHours: row.affectedHours,
    createdAt: formatInstant(row.createdAt),
    createdBy: row.createdBy,
    undoneAt: undoneAt && formatInstant(undoneAt),
    undoneBy,
    undoReason,
    // Undoing is all that a person can do to it.
    etag: specTag({ undoneAt, undoneBy, undoReason }),
  };
}

function stateOf({ appliedAt, undoneAt, restoredAt }: Correction): CorrectionJson["state"] {
  if (undoneAt) return restoredAt ? "undone" : "undoing";
  return appliedAt ? "active" : "applying";
}

import type { CorrectionJson } from "#domain/api/corrections.ts";
import type { CorrectionAction } from "#domain/correction.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { stages } from "#domain/protocol.ts";

export interface CorrectionRow {
  id: bigint;
  action: CorrectionAction;
  eventTypeId: number | null;
  datacenterId: number | null;
  reporterId: number | null;
  eventType: string | null;
  datacenter: string | null;
  reporter: string | null;
  /** 1 produced, 2 published, 3 delivered. */
  stage: number | null;
  from: Date | null;
  to: Date | null;
  after: Date | null;
  observedThrough: Date | null;
  reason: string;
  createdAt: Date;
  createdBy: string;
  cursorHour: Date | null;
  cursorEventTypeId: number | null;
  affectedHours: number;
  appliedAt: Date | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  undoReason: string | null;
  restoredAt: Date | null;
}

export const correctionColumns = `
  c.id, c.action, c.event_type_id AS "eventTypeId", c.datacenter_id AS "datacenterId", c.reporter_id AS "reporterId",
  c.event_type AS "eventType", c.datacenter, c.reporter, c.stage, c.from_hour AS "from", c.to_hour AS "to", c.after_at AS "after",
  c.observed_through AS "observedThrough", c.reason, c.created_at AS "createdAt", c.created_by AS "createdBy",
  c.cursor_hour AS "cursorHour", c.cursor_event_type_id AS "cursorEventTypeId", c.affected_hours AS "affectedHours",
  c.applied_at AS "appliedAt", c.undone_at AS "undoneAt", c.undone_by AS "undoneBy", c.undo_reason AS "undoReason",
  c.restored_at AS "restoredAt"`;

export function toCorrectionJson(row: CorrectionRow): CorrectionJson {
  return {
    id: String(row.id),
    action: row.action,
    eventType: row.eventType,
    datacenter: row.datacenter,
    stage: row.stage === null ? null : (stages[row.stage - 1] ?? null),
    reporter: row.reporter,
    from: row.from && formatHour(row.from),
    to: row.to && formatHour(row.to),
    after: row.after && formatInstant(row.after),
    observedThrough: row.observedThrough && formatInstant(row.observedThrough),
    reason: row.reason,
    state: stateOf(row),
    affectedHours: row.affectedHours,
    createdAt: formatInstant(row.createdAt),
    createdBy: row.createdBy,
    undoneAt: row.undoneAt && formatInstant(row.undoneAt),
    undoneBy: row.undoneBy,
    undoReason: row.undoReason,
  };
}

function stateOf({ appliedAt, undoneAt, restoredAt }: CorrectionRow): CorrectionJson["state"] {
  if (undoneAt) return restoredAt ? "undone" : "undoing";
  return appliedAt ? "active" : "applying";
}

/** A batch's progress. */
export interface Moved {
  done: boolean;
  affectedHours: number;
  cursorHour?: Date;
  cursorEventTypeId?: number;
}

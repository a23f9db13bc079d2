import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { catalogueStatus } from "#domain/catalogue/status.ts";
import { defaultSettleSeconds, defaultTolerance } from "#domain/catalogue.ts";
import { formatHour } from "#domain/hour.ts";
import { specTag } from "#server/precondition.ts";
import { type EventTypeRow, eventTypeFields, selectEventType } from "./event-type-columns.ts";
import { writeSpec } from "./write-spec.ts";

export interface EventTypeView extends EventTypeRow {
  /** From its own deadline or its tier's. */
  effectiveDeadlineSeconds: number | null;
  discoveredAt: Date;
  completeThrough: Date | null;
  holes: Date[];
  holeCount: number;
}

/**
 * Event types with completeThrough. A hole is an hour neither complete nor accepted with a complete hour after it: verdict_not_ready_idx
 * covers exactly such hours, so a long complete past costs nothing. The caller appends WHERE, ORDER and LIMIT.
 */
export const eventTypeStatement = `
SELECT ${selectEventType("t")},
       coalesce(t.deadline_seconds, tier.deadline_seconds) AS "effectiveDeadlineSeconds",
       t.discovered_at AS "discoveredAt", t.complete_through AS "completeThrough",
       ARRAY(SELECT v.hour FROM verdict v
              WHERE v.event_type_id = t.id AND v.state <> 'complete' AND v.accepted_by_correction IS NULL AND v.hour < newest.hour AND v.hour >= t.active_from
              ORDER BY v.hour LIMIT 100) AS holes,
       (SELECT count(*)::int FROM verdict v
         WHERE v.event_type_id = t.id AND v.state <> 'complete' AND v.accepted_by_correction IS NULL AND v.hour < newest.hour AND v.hour >= t.active_from) AS "holeCount"
  FROM event_type t
  LEFT JOIN tier ON tier.name = t.tier
  LEFT JOIN LATERAL (
    SELECT v.hour FROM verdict v
     WHERE v.event_type_id = t.id AND v.state = 'complete' AND (t.active_to IS NULL OR v.hour < t.active_to)
     ORDER BY v.hour DESC LIMIT 1) newest ON true`;

export function toEventTypeJson(row: EventTypeView, now: Date): EventTypeJson {
  const spec = writeSpec(eventTypeFields, row) as EventTypeJson["spec"];
  return {
    name: row.name,
    status: catalogueStatus(row, now),
    owner: row.owner,
    tier: row.tier,
    deadlineSeconds: row.effectiveDeadlineSeconds,
    datacenters: row.datacenters.length > 0 ? [...row.datacenters] : null,
    activeFrom: row.activeFrom?.toISOString() ?? null,
    activeTo: row.activeTo?.toISOString() ?? null,
    maxLost: row.maxLost ?? defaultTolerance,
    maxDuplicated: row.maxDuplicated ?? defaultTolerance,
    settleSeconds: row.settleSeconds ?? defaultSettleSeconds,
    impliedZero: row.impliedZero,
    expectReporters: row.expectReporters,
    description: row.description,
    labels: row.labels,
    discoveredAt: row.discoveredAt.toISOString(),
    completeThrough: row.completeThrough ? formatHour(row.completeThrough) : null,
    holes: row.holes.map(formatHour),
    holeCount: row.holeCount,
    spec,
    etag: specTag(spec),
  };
}

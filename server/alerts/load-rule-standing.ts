import {
  type AlertRule,
  type BesideFacts,
  type Evaluated,
  evaluatedBy,
  historyHours,
  isTypeInScope,
} from "#domain/alert.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { loadAlertFacts } from "./load-alert-facts.ts";

export interface LoadRuleStandingInput {
  rule: AlertRule;
  database: Database;
  now: Date;
  speed: number;
}

/** Hours beyond a shorter horizon are loaded too, so that they are counted. */
const leastHorizonSeconds = 7 * 86_400;
/** Volumes are learned from nine weeks at most. */
const volumeHours = 9 * 168;

/** What a rule evaluates now. Closed hours are read for the types in its scope only. */
export async function loadRuleStanding(sql: Sql, input: LoadRuleStandingInput): Promise<Evaluated> {
  const { rule, now } = input;
  const { spec } = rule;
  const common = {
    ...input,
    volumes: null,
    horizonSeconds: Math.max(spec.horizonSeconds, leastHorizonSeconds),
    countedSeconds: spec.windowSeconds,
    withCountable: true,
    longestWindowSeconds: Math.max(0, ...spec.windows.map(({ longSeconds }) => longSeconds)),
  };
  const all = await loadAlertFacts(sql, { ...common, eventTypeIds: null, historyOf: [] });
  const ids = all.facts.types.flatMap((type) =>
    isTypeInScope(spec.scope, type) ? (all.typeIds.get(type.eventType) ?? []) : [],
  );
  const { facts } = await loadAlertFacts(sql, { ...common, eventTypeIds: ids, historyOf: ids });
  return evaluatedBy(rule, facts, await loadBeside(sql, ids, now));
}

async function loadBeside(sql: Sql, ids: readonly number[], now: Date): Promise<BesideFacts> {
  const { rows } = await sql.query<{ eventType: string; reporters: boolean; days: number | null; accepted: number }>(
    `SELECT t.name AS "eventType", t.expect_reporters AS reporters, volume.days, accepted.hours AS accepted
       FROM event_type t
      CROSS JOIN LATERAL (
        SELECT floor(date_part('epoch', $2::timestamptz - v.hour) / 86400)::int AS days FROM verdict v
         WHERE v.event_type_id = t.id AND v.hour >= $3 AND v.hour >= t.active_from AND v.closed_at IS NOT NULL AND v.known
         UNION ALL SELECT NULL
         ORDER BY days DESC NULLS LAST LIMIT 1) volume
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS hours FROM verdict v
         WHERE v.event_type_id = t.id AND v.hour >= $4 AND v.hour < $2 AND v.accepted_by_correction IS NOT NULL) accepted
      WHERE t.id = ANY ($1)`,
    [ids, now, addHours(hourOf(now), -volumeHours), addHours(hourOf(now), -historyHours)],
  );
  return {
    expectReporters: new Set(rows.flatMap(({ eventType, reporters }) => (reporters ? eventType : []))),
    volumeDays: new Map(rows.flatMap(({ eventType, days }) => (days === null ? [] : [[eventType, days] as const]))),
    acceptedHours: new Map(rows.map(({ eventType, accepted }) => [eventType, accepted])),
  };
}

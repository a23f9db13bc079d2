import { defaultSettleSeconds, defaultTolerance } from "#domain/catalogue.ts";
import type { Sql } from "#server/db/database.ts";
import { boundedColumnsOf, type TypeHours, typeHours } from "./create-hours.ts";
import type { HourKey } from "./load-facts.ts";
import type { JudgedForSlo } from "./mark-slo-days.ts";

export interface Retimed {
  /** Hours whose state the new terms may change: they must be judged. */
  readonly toJudge: HourKey[];
  /** The first hour of each day in which verdicts were written. */
  readonly days: HourKey[];
}

/**
 * Applies changed terms (deadline, settle, tolerances) to verdicts where no facts are needed: a closed hour's state
 * follows from its stored figures, and while it stays the same, the terms move only the deadline and the end of `verifying`. The
 * result equals judging (retime-hours.int.test.ts compares them), for a thousandth of the work. Left to the judge: hours that are
 * not closed or not over, that change state, that the new terms make final, or that are already due. The caller holds the types' row locks.
 */
export async function retimeHours(tx: Sql, spans: readonly TypeHours[], now: Date): Promise<Retimed> {
  if (spans.length === 0) return { toJudge: [], days: [] };
  const { rows } = await tx.query<{ eventTypeId: number; at: Date; isDay: boolean }>(retimeStatement, [
    ...boundedColumnsOf(spans),
    now,
    defaultSettleSeconds,
    defaultTolerance,
  ]);
  const ofKind = (isDay: boolean) =>
    rows.filter((row) => row.isDay === isDay).map(({ eventTypeId, at }) => ({ eventTypeId, hour: at }));
  return { toJudge: ofKind(false), days: ofKind(true) };
}

/** Input for the service-level roll-up: the days whose hours were retimed. */
export function retimedDays(days: readonly HourKey[], causeOf: (hour: HourKey) => Omit<JudgedForSlo, keyof HourKey>) {
  return days.map((day): JudgedForSlo => ({ ...day, ...causeOf(day) }));
}

// The lines of domain/verdict's table that apply to a closed hour, and isWithin in whole parts per billion. $4 and $5 bound the
// hours so that the planner prunes other months' partitions.
const within = (count: string, share: string) =>
  `v.${count} * 1000000000::numeric <= floor(coalesce(t.${share}, $8::float8) * 1000000000 + 0.5)::numeric * v.produced`;
// As nextDueAt of domain/verdict.
const isDue = "(f.state = 'verifying' OR f.state = 'complete' AND f.is_news AND f.settled_at > $6)";
const retimeStatement = `
WITH term AS (
  SELECT s.event_type_id, s.from AS from_hour, s.to AS to_hour, t.max_lost, t.max_duplicated,
         make_interval(secs => coalesce(t.deadline_seconds, tier.deadline_seconds)) AS deadline,
         make_interval(secs => coalesce(t.settle_seconds, $7::int)) AS settle
    FROM ${typeHours.from("s")}
    JOIN event_type t ON t.id = s.event_type_id AND t.claimed_at IS NOT NULL
    JOIN tier ON tier.name = t.tier
), found AS (
  SELECT v.event_type_id, v.hour, v.state, v.deadline_at AS deadline_before, v.next_due_at AS due_before,
         v.hour + interval '1 hour' + t.deadline AS deadline_at, v.closed_at + t.settle AS settled_at,
         v.lost + v.duplicated + v.skewed > 0 AS is_news,
         CASE WHEN v.revision = 0 OR v.closed_at IS NULL OR v.hour + interval '1 hour' > $6 OR v.next_due_at <= $6 THEN NULL
              -- final by the new terms: alert rules hear of it from the judge
              WHEN v.next_due_at IS NOT NULL AND v.closed_at + t.settle <= $6 THEN NULL
              WHEN v.known AND ${within("lost", "max_lost")} AND ${within("duplicated", "max_duplicated")} THEN 'complete'
              WHEN v.closed_at + t.settle > $6 THEN 'verifying'
              WHEN NOT v.known THEN 'unverified'
              WHEN ${within("lost", "max_lost")} THEN 'overcounted'
              ELSE 'incomplete' END AS next_state
    FROM term t
    JOIN verdict v ON v.event_type_id = t.event_type_id AND v.hour >= t.from_hour AND v.hour < t.to_hour
   WHERE v.hour >= $4 AND v.hour < $5
), kept AS (
  UPDATE verdict v SET deadline_at = f.deadline_at, next_due_at = CASE WHEN ${isDue} THEN f.settled_at END, judged_at = $6
    FROM found f
   WHERE v.event_type_id = f.event_type_id AND v.hour = f.hour AND v.hour >= $4 AND v.hour < $5
     AND f.next_state = f.state
     -- a changed tolerance touches nothing of most
     AND (f.deadline_at <> f.deadline_before OR ${isDue} AND f.settled_at IS DISTINCT FROM f.due_before)
  RETURNING v.event_type_id, v.hour
)
SELECT event_type_id AS "eventTypeId", hour AS at, false AS "isDay" FROM found WHERE next_state IS DISTINCT FROM state
 UNION ALL
SELECT event_type_id, min(hour), true FROM kept GROUP BY event_type_id, date_trunc('day', hour, 'UTC')`;

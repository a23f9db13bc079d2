import { freezesAt, monthOf, type SloCounts } from "#domain/slo.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { pickCounts, selectCounts } from "./count-columns.ts";
import { termsSince } from "./month-terms.ts";

interface Candidate extends SloCounts {
  eventTypeId: number;
  month: Date;
  deadlineSeconds: number;
  termsSince: Date;
}

const frozenMonths = bulkRows({ eventTypeId: "int", month: "timestamptz", counts: "jsonb" });

/** Freezes every month that is due. Waits for hours that the judge has not processed yet. */
export async function freezeMonths(tx: Sql, now: Date): Promise<void> {
  const due = (await findCandidates(tx, now)).filter((candidate) => freezesAt(candidate) <= now);
  if (due.length === 0) return;
  const frozen = due.map((candidate) => ({ ...candidate, counts: pickCounts(candidate) }));
  await tx.query(freezeStatement, [now, ...frozenMonths.values(frozen)]);
}

/** Past months that are not frozen: mostly the last one's. */
async function findCandidates(tx: Sql, now: Date): Promise<Candidate[]> {
  return tx.rows<Candidate>(
    `SELECT m.event_type_id AS "eventTypeId", m.month, coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds",
            ${termsSince} AS "termsSince", ${selectCounts("m")}
       FROM slo_month m
       JOIN event_type t ON t.id = m.event_type_id
       JOIN tier ON tier.name = t.tier
      CROSS JOIN LATERAL (SELECT (m.month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC' AS ends_at) month
      WHERE m.frozen_at IS NULL AND m.month < $1
        -- what is not there yet, or not judged or added up, would restate the month at once
        AND t.hours_through >= least(month.ends_at, t.active_to)
        AND NOT EXISTS (SELECT FROM slo_dirty_day d
                         WHERE d.event_type_id = m.event_type_id AND d.day >= m.month AND d.day < month.ends_at)
        AND NOT EXISTS (SELECT FROM slo_day d WHERE d.event_type_id = m.event_type_id AND d.day >= m.month
                           AND d.day < month.ends_at AND d.matures_at <= $2)
        AND NOT EXISTS (SELECT FROM dirty_hour d
                         WHERE d.event_type_id = m.event_type_id AND d.hour >= m.month AND d.hour < month.ends_at)
        AND NOT EXISTS (SELECT FROM verdict v WHERE v.event_type_id = m.event_type_id AND v.next_due_at = '-infinity'
                           AND v.hour >= m.month AND v.hour < month.ends_at)
        AND NOT EXISTS (SELECT FROM hour_task k WHERE k.event_type_id = m.event_type_id AND k.next_hour > k.from_hour
                           AND k.from_hour < month.ends_at AND k.next_hour > m.month)`,
    [monthOf(now), now],
  );
}

const freezeStatement = `
UPDATE slo_month m
   SET frozen_at = $1, frozen_counts = k.counts, frozen_tier = t.tier, frozen_owner = t.owner,
       frozen_timeliness = coalesce(t.objective_timeliness, tier.objective),
       frozen_completeness = coalesce(t.objective_completeness, tier.objective_completeness),
       frozen_skew = coalesce(t.objective_skew, tier.objective_skew), frozen_tier_timeliness = tier.objective,
       frozen_tier_completeness = tier.objective_completeness, frozen_tier_skew = tier.objective_skew
  FROM ${frozenMonths.from("k", 2)}, event_type t, tier
 WHERE m.event_type_id = k.event_type_id AND m.month = k.month AND t.id = k.event_type_id AND tier.name = t.tier
   -- never twice: what was frozen stays
   AND m.frozen_at IS NULL`;

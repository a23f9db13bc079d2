import type { Sql } from "#server/db/database.ts";
import { recountCompleteThrough } from "#server/hours/recount-complete-through.ts";
import type { ExpectationChange, VerdictPlan } from "./plan-verdicts.ts";

type Since = Date | "-infinity";

/**
 * Brings verdicts in line with a changed catalogue: births, removals, and marks for the judge. The caller holds the rows of every
 * type concerned, as everyone does who writes verdicts, so their rows need no order here.
 * `factsKeptFrom`: older hours keep their verdict, for the facts to judge them anew are gone; null: facts are kept for ever.
 */
export async function remakeVerdicts(tx: Sql, plan: VerdictPlan, factsKeptFrom: Date | null): Promise<void> {
  const since = factsKeptFrom ?? "-infinity";
  if (plan.resized.length > 0) {
    await removeRetiredHours(tx, plan.resized);
    await bearActiveHours(tx, plan.resized);
    await recountRuns(tx, plan.resized);
  }
  if (plan.rejudged.length > 0) await markTypes(tx, plan.rejudged, since);
  if (plan.retimedTiers.length > 0) await markTiers(tx, plan.retimedTiers, since);
  if (plan.expectations.length > 0) await markExpectations(tx, plan.expectations, since);
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}

async function removeRetiredHours(tx: Sql, names: readonly string[]): Promise<void> {
  await tx.query(
    `WITH resized AS (
       SELECT id, active_from, active_to FROM event_type WHERE name = ANY ($1)
     ), removed AS (
       DELETE FROM verdict v USING resized t
        WHERE v.event_type_id = t.id AND (v.hour < t.active_from OR v.hour >= t.active_to)
     )
     DELETE FROM verdict_revision r USING resized t
      WHERE r.event_type_id = t.id AND (r.hour < t.active_from OR r.hour >= t.active_to)`,
    [names],
  );
}

async function bearActiveHours(tx: Sql, names: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO verdict (event_type_id, hour, state, deadline_at, next_due_at)
     SELECT t.id, h, 'open', h + interval '1 hour' + make_interval(secs => coalesce(t.deadline_seconds, tier.deadline_seconds)),
            '-infinity'
       FROM event_type t
       JOIN tier ON tier.name = t.tier
      CROSS JOIN LATERAL generate_series(t.active_from, t.hours_through - interval '1 hour', interval '1 hour') h
      WHERE t.name = ANY ($1)
     -- hours that were born before keep their history
     ON CONFLICT (event_type_id, hour) DO NOTHING`,
    [names],
  );
}

/** The run begins at another hour now, and no judgement of a single hour would notice. */
async function recountRuns(tx: Sql, names: readonly string[]): Promise<void> {
  const { rows } = await tx.query<{ id: number }>("SELECT id FROM event_type WHERE name = ANY ($1)", [names]);
  await recountCompleteThrough(
    tx,
    rows.map((row) => row.id),
  );
}

async function markTypes(tx: Sql, names: readonly string[], since: Since): Promise<void> {
  await tx.query(
    `UPDATE verdict v SET next_due_at = '-infinity'
       FROM event_type t
      WHERE t.name = ANY ($1) AND v.event_type_id = t.id AND v.hour >= $2`,
    [names, since],
  );
}

async function markTiers(tx: Sql, tiers: readonly string[], since: Since): Promise<void> {
  await tx.query(
    `UPDATE verdict v SET next_due_at = '-infinity'
       FROM event_type t
      WHERE t.claimed_at IS NOT NULL AND t.tier = ANY ($1) AND t.deadline_seconds IS NULL AND v.event_type_id = t.id
        AND v.hour >= $2`,
    [tiers, since],
  );
}

async function markExpectations(tx: Sql, changes: readonly ExpectationChange[], since: Since): Promise<void> {
  await tx.query(
    `UPDATE verdict v SET next_due_at = '-infinity'
       FROM event_type t
       JOIN unnest($1::text[], $2::bool[], $3::timestamptz[], $4::timestamptz[]) AS c(datacenter, listing, from_hour, to_hour)
         ON CASE WHEN c.listing THEN c.datacenter = ANY (t.datacenters) ELSE t.datacenters = '{}' END
      WHERE t.claimed_at IS NOT NULL AND v.event_type_id = t.id
        AND v.hour >= coalesce(c.from_hour, '-infinity') AND v.hour < coalesce(c.to_hour, 'infinity')
        AND v.hour >= $5`,
    [
      changes.map((change) => change.datacenter),
      changes.map((change) => change.ofTypes === "listing"),
      changes.map((change) => change.from),
      changes.map((change) => change.to),
      since,
    ],
  );
}

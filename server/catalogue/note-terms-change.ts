import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { FieldValue } from "./changed-fields.ts";
import type { CatalogueDiff } from "./diff-catalogue.ts";
import type { VerdictPlan } from "./plan-verdicts.ts";

interface TermsChange {
  readonly kind: string;
  readonly name: string;
  /** "deadline 60m → 90m". */
  readonly what: string;
}

interface CatalogueTermsChange {
  readonly diff: CatalogueDiff;
  readonly plan: VerdictPlan;
  readonly changedAt: Date;
  readonly actor: string;
}

const changeRows = bulkRows({ kind: "text", name: "text", what: "text" });

/** Records who changed the terms, so that a restated frozen month can name the cause. Returns it by type. */
export async function noteTermsChange(
  tx: Sql,
  { diff, plan, changedAt, actor }: CatalogueTermsChange,
): Promise<Map<number, string>> {
  const changes = termsChanges(diff, plan);
  if (changes.length === 0) return new Map();
  const { rows } = await tx.query<{ eventTypeId: number; what: string }>(
    `INSERT INTO slo_terms_change (event_type_id, changed_at, actor, what)
     SELECT t.id, $1, $2, left(c.kind || ' ' || c.name || ': ' || c.what, 500)
       FROM ${changeRows.from("c", 3)}
       JOIN event_type t ON CASE c.kind WHEN 'EventType' THEN t.name = c.name
                                        WHEN 'Tier' THEN t.tier = c.name AND t.deadline_seconds IS NULL
                                        ELSE true END
      WHERE t.claimed_at IS NOT NULL
     RETURNING event_type_id AS "eventTypeId", what`,
    [changedAt, actor, ...changeRows.values(changes)],
  );
  const byType = Map.groupBy(rows, ({ eventTypeId }) => eventTypeId);
  const said = new Map([...byType].map(([id, notes]) => [id, notes.map(({ what }) => what).join("; ")]));
  // Of types that gained or lost hours, which no judgement of an hour shows.
  if (plan.resized.length === 0) return said;
  await tx.query(
    `INSERT INTO slo_dirty_day (event_type_id, day, cause)
     SELECT d.event_type_id, d.day, 'catalogue'
       FROM slo_day d JOIN event_type t ON t.id = d.event_type_id
      WHERE t.name = ANY ($1)`,
    [plan.resized],
  );
  return said;
}

/** The changes that make hours be judged again, in a few words each: needed to explain restated months. */
function termsChanges(diff: CatalogueDiff, plan: VerdictPlan): TermsChange[] {
  const types = new Set([...plan.resized, ...plan.rejudged, ...plan.retimed]);
  const tiers = new Set(plan.retimedTiers);
  const datacenters = new Set(plan.expectations.map(({ datacenter }) => datacenter));
  const names = { EventType: types, Tier: tiers, Datacenter: datacenters };
  return diff.changes
    .filter(({ kind, name }) => names[kind]?.has(name))
    .map(({ kind, name, fields }) => ({
      kind,
      name,
      what: fields.map(({ field, from, to }) => `${field} ${say(from)} → ${say(to)}`).join(", "),
    }));
}

function say(value: FieldValue): string {
  if (value === null) return "not said";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

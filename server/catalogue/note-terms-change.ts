import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

export interface TermsChange {
  readonly kind: string;
  readonly name: string;
  /** "deadline 60m → 90m". */
  readonly what: string;
}

export interface CatalogueTermsChange {
  /** Includes tiers and datacenters: their types are judged again. */
  readonly changes: readonly TermsChange[];
  /** Types that gained or lost hours, which no judgement of an hour shows. */
  readonly resized: readonly string[];
  readonly changedAt: Date;
  readonly actor: string;
}

const changeRows = bulkRows({ kind: "text", name: "text", what: "text" });

/** Records who changed the terms, so that a restated frozen month can name the cause. Returns it by type. */
export async function noteTermsChange(
  tx: Sql,
  { changes, resized, changedAt, actor }: CatalogueTermsChange,
): Promise<Map<number, string>> {
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
  if (resized.length === 0) return said;
  await tx.query(
    `INSERT INTO slo_dirty_day (event_type_id, day, cause)
     SELECT d.event_type_id, d.day, 'catalogue'
       FROM slo_day d JOIN event_type t ON t.id = d.event_type_id
      WHERE t.name = ANY ($1)`,
    [resized],
  );
  return said;
}

import type { TermsOfType } from "#domain/alert.ts";
import { defaultSettleSeconds, defaultTolerance } from "#domain/catalogue.ts";

/** With what is stored beside them. */
export interface TypeTerms extends TermsOfType {
  id: number;
  settleSeconds: number;
}

export interface TypeTermsRow extends Omit<TypeTerms, "settleSeconds" | "maxLost" | "maxDuplicated" | "objectives"> {
  settleSeconds: number | null;
  maxLost: number | null;
  maxDuplicated: number | null;
  timeliness: number | null;
  completeness: number | null;
}

/** Columns of a TypeTermsRow, of event_type `t` joined with its `tier`. */
export const typeTermsColumns = `
  t.id, t.name AS "eventType", t.tier, t.owner, t.labels,
  ARRAY(SELECT c.name FROM consumer c WHERE c.event_type_id = t.id ORDER BY c.name) AS consumers,
  coalesce(t.deadline_seconds, tier.deadline_seconds) AS "deadlineSeconds", t.settle_seconds AS "settleSeconds",
  t.max_lost AS "maxLost", t.max_duplicated AS "maxDuplicated",
  coalesce(t.objective_timeliness, tier.objective) AS timeliness,
  coalesce(t.objective_completeness, tier.objective_completeness) AS completeness`;

export function withTerms<Row extends TypeTermsRow>({ timeliness, completeness, ...row }: Row) {
  return {
    ...row,
    settleSeconds: row.settleSeconds ?? defaultSettleSeconds,
    maxLost: row.maxLost ?? defaultTolerance,
    maxDuplicated: row.maxDuplicated ?? defaultTolerance,
    objectives: { timeliness, completeness },
  };
}

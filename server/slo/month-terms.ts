/**
 * A type's terms in a month: those it was frozen with, else the catalogue's. Uses `m` slo_month, `t` event_type and `tier`;
 * joined as CROSS JOIN LATERAL.
 */
export const monthTerms = `(
  SELECT m.frozen_at IS NOT NULL AS frozen,
         CASE WHEN m.frozen_at IS NULL THEN t.tier ELSE m.frozen_tier END AS tier,
         CASE WHEN m.frozen_at IS NULL THEN t.owner ELSE m.frozen_owner END AS owner,
         CASE WHEN m.frozen_at IS NULL THEN coalesce(t.objective_timeliness, tier.objective)
              ELSE m.frozen_timeliness END AS timeliness,
         CASE WHEN m.frozen_at IS NULL THEN coalesce(t.objective_completeness, tier.objective_completeness)
              ELSE m.frozen_completeness END AS completeness,
         CASE WHEN m.frozen_at IS NULL THEN coalesce(t.objective_skew, tier.objective_skew) ELSE m.frozen_skew END AS skew,
         CASE WHEN m.frozen_at IS NULL THEN tier.objective ELSE m.frozen_tier_timeliness END AS tier_timeliness,
         CASE WHEN m.frozen_at IS NULL THEN tier.objective_completeness ELSE m.frozen_tier_completeness END AS tier_completeness,
         CASE WHEN m.frozen_at IS NULL THEN tier.objective_skew ELSE m.frozen_tier_skew END AS tier_skew
) terms`;

/** Needs `t` event_type; see domain/slo's FreezeTerms. */
export const termsSince = `greatest(t.claimed_at, (SELECT max(c.changed_at) FROM slo_terms_change c WHERE c.event_type_id = t.id))`;

/** domain/slo's Objectives, in two groups of three columns. */
export const termColumns = `terms.tier, terms.timeliness, terms.completeness, terms.skew, terms.tier_timeliness AS "tierTimeliness",
  terms.tier_completeness AS "tierCompleteness", terms.tier_skew AS "tierSkew"`;

export interface TermRow {
  tier: string;
  timeliness: number | null;
  completeness: number | null;
  skew: number | null;
  tierTimeliness: number | null;
  tierCompleteness: number | null;
  tierSkew: number | null;
}

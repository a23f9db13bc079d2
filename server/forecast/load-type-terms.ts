import type { TypeTerms } from "#domain/forecast.ts";
import type { Sql } from "#server/db/database.ts";

export interface LoadedTerms extends TypeTerms {
  id: number;
}

/** Every claimed type, in order of creation. */
export async function loadTypeTerms(sql: Sql): Promise<LoadedTerms[]> {
  return sql.rows<LoadedTerms>(
    `SELECT t.id, t.name AS "eventType", t.tier,
            coalesce(t.deadline_seconds, tier.deadline_seconds)::float8 * 1000 AS "deadlineMs"
       FROM event_type t JOIN tier ON tier.name = t.tier
      WHERE t.claimed_at IS NOT NULL ORDER BY t.id`,
  );
}

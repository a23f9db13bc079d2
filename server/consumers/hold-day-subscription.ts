import { defaultTolerance } from "#domain/catalogue.ts";
import type { AmendmentTerms, SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import type { RangeType, ReadableType } from "#server/verdicts/index.ts";

/** What decisions need of a day subscription. */
export interface DaySubscription {
  id: string;
  eventTypeId: number;
  zone: string;
  types: RangeType[];
  /** Its own type's tolerances. */
  terms: Pick<AmendmentTerms, "maxLost" | "maxDuplicated">;
  wanted: ReadonlySet<SubscriptionEvent>;
}

interface Row {
  eventTypeId: number;
  zone: string;
  events: SubscriptionEvent[];
}

interface TypeRow extends ReadableType {
  minCompleteness: number | null;
  maxLost: number | null;
  maxDuplicated: number | null;
}

/** The subscription, row-locked until the transaction ends; null: it was ended; "held": another process has the lock. */
export async function holdDaySubscription(tx: Sql, id: string): Promise<DaySubscription | null | "held"> {
  const [row] = await tx.rows<Row>(
    `SELECT s.event_type_id AS "eventTypeId", s.day_zone AS zone, s.events
       FROM subscription s WHERE s.id = $1 AND s.day_zone IS NOT NULL FOR NO KEY UPDATE SKIP LOCKED`,
    [id],
  );
  if (!row) {
    const { rowCount } = await tx.query("SELECT FROM subscription WHERE id = $1", [id]);
    return rowCount === 0 ? null : "held";
  }
  const types = await loadTypes(tx, id);
  const own = types.find((type) => type.id === row.eventTypeId);
  return {
    id,
    eventTypeId: row.eventTypeId,
    zone: row.zone,
    types: types.map(({ minCompleteness, maxDuplicated, maxLost: _, ...type }) => ({
      type,
      terms: { minCompleteness, maxDuplicated: maxDuplicated ?? defaultTolerance },
    })),
    terms: { maxLost: own?.maxLost ?? defaultTolerance, maxDuplicated: own?.maxDuplicated ?? defaultTolerance },
    wanted: new Set(row.events),
  };
}

async function loadTypes(tx: Sql, subscriptionId: string): Promise<TypeRow[]> {
  return tx.rows<TypeRow>(
    `SELECT t.id, t.name, t.active_from AS "activeFrom", t.active_to AS "activeTo", t.max_lost AS "maxLost",
            t.max_duplicated AS "maxDuplicated", of_type.min_completeness AS "minCompleteness"
       FROM subscription s
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = ANY (s.day_event_type_ids) AND t.claimed_at IS NOT NULL
       LEFT JOIN consumer of_type ON of_type.event_type_id = t.id AND of_type.name = c.name
      WHERE s.id = $1
      ORDER BY t.name`,
    [subscriptionId],
  );
}

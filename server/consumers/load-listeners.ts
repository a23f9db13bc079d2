import { defaultTolerance } from "#domain/catalogue.ts";
import type { AmendmentTerms, SubscriptionEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";

/** What decisions need of a subscription. */
export interface Listener {
  id: string;
  eventTypeId: number;
  consumerId: number;
  events: SubscriptionEvent[];
  runHours: number | null;
  createdAt: Date;
  terms: AmendmentTerms;
}

type Row = Omit<Listener, "terms"> & {
  minCompleteness: number | null;
  maxLost: number | null;
  maxDuplicated: number | null;
};

/** Subscriptions to these event types. */
export async function loadListeners(tx: Sql, eventTypeIds: readonly number[]): Promise<Listener[]> {
  const { rows } = await tx.query<Row>(
    `SELECT s.id, s.event_type_id AS "eventTypeId", s.consumer_id AS "consumerId", s.events, s.run_hours AS "runHours",
            s.created_at AS "createdAt", c.min_completeness AS "minCompleteness", t.max_lost AS "maxLost",
            t.max_duplicated AS "maxDuplicated"
       FROM subscription s
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = s.event_type_id
      WHERE s.event_type_id = ANY ($1)
      ORDER BY s.id`,
    [eventTypeIds],
  );
  return rows.map(({ minCompleteness, maxLost, maxDuplicated, ...listener }) => ({
    ...listener,
    terms: {
      minCompleteness,
      maxLost: maxLost ?? defaultTolerance,
      maxDuplicated: maxDuplicated ?? defaultTolerance,
    },
  }));
}

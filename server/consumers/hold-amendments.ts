import { amendmentMostHeldMs, amendmentRestMs, type KnownHour } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import type { SubscribedHour } from "./load-knowledge.ts";

export interface HeldChange extends SubscribedHour {
  /** What later figures are compared with, unless a message or the gate reports newer figures meanwhile. */
  known: KnownHour;
  /** True: to be sent. False: only stored, because small changes add up and their starting point is recorded nowhere else. */
  isDue: boolean;
}

/** Holds amendments of hours, or postpones held ones: the hour changed again. The caller holds the types' row locks. */
export async function holdAmendments(tx: Sql, held: readonly HeldChange[], now: Date): Promise<void> {
  if (held.length === 0) return;
  const column = <Value>(pick: (change: HeldChange) => Value) => held.map(pick);
  await tx.query(
    `INSERT INTO pending_amendment AS p (subscription_id, hour, event_type_id, first_changed_at, due_at, revision, state, ready, known,
                                         produced, delivered, lost, duplicated)
     SELECT n.subscription_id, n.hour, n.event_type_id, $12, CASE WHEN n.is_due THEN $13::timestamptz END, n.revision, n.state, n.ready, n.known, n.produced, n.delivered,
            n.lost, n.duplicated
       FROM unnest($1::text[], $2::timestamptz[], $3::int[], $4::int[], $5::text[], $6::bool[], $7::bool[], $8::bigint[],
                   $9::bigint[], $10::bigint[], $11::bigint[], $15::bool[])
              AS n(subscription_id, hour, event_type_id, revision, state, ready, known, produced, delivered, lost, duplicated, is_due)
     ON CONFLICT (subscription_id, hour) DO UPDATE
       SET first_changed_at = CASE WHEN p.due_at IS NULL THEN excluded.first_changed_at ELSE p.first_changed_at END,
           due_at = CASE WHEN p.due_at IS NULL THEN excluded.due_at
                         ELSE least(excluded.due_at, p.first_changed_at + make_interval(secs => $14)) END
     WHERE excluded.due_at IS NOT NULL`,
    [
      column(({ listener }) => listener.id),
      column(({ hour }) => hour),
      column(({ listener }) => listener.eventTypeId),
      column(({ known }) => known.revision),
      column(({ known }) => known.state),
      column(({ known }) => known.ready),
      column(({ known }) => known.known),
      column(({ known }) => known.produced),
      column(({ known }) => known.delivered),
      column(({ known }) => known.lost),
      column(({ known }) => known.duplicated),
      now,
      new Date(now.getTime() + amendmentRestMs),
      amendmentMostHeldMs / 1_000,
      column(({ isDue }) => isDue),
    ],
  );
}

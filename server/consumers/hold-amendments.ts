import { amendmentMostHeldMs, amendmentRestMs, type KnownHour } from "#domain/subscription.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { SubscribedHour } from "./load-knowledge.ts";
import { knownColumns } from "./message-figures.ts";

export interface HeldChange extends SubscribedHour {
  /** What later figures are compared with, unless a message or the gate reports newer figures meanwhile. */
  known: KnownHour;
  /** True: to be sent. False: only stored, because small changes add up and their starting point is recorded nowhere else. */
  isDue: boolean;
}

const heldRows = bulkRows({
  subscriptionId: "text",
  hour: "timestamptz",
  eventTypeId: "int",
  dueAt: "timestamptz?",
  revision: "int",
  ...knownColumns,
});

/** Holds amendments of hours, or postpones held ones: the hour changed again. The caller holds the types' row locks. */
export async function holdAmendments(tx: Sql, held: readonly HeldChange[], now: Date): Promise<void> {
  if (held.length === 0) return;
  const restAt = new Date(now.getTime() + amendmentRestMs);
  const rows = held.map(({ listener, hour, known, isDue }) => ({
    ...known,
    subscriptionId: listener.id,
    hour,
    eventTypeId: listener.eventTypeId,
    dueAt: isDue ? restAt : null,
  }));
  await tx.query(
    `INSERT INTO pending_amendment AS p (${heldRows.names}, first_changed_at)
     SELECT n.*, $1 FROM ${heldRows.from("n", 3)}
     ON CONFLICT (subscription_id, hour) DO UPDATE
       SET first_changed_at = CASE WHEN p.due_at IS NULL THEN excluded.first_changed_at ELSE p.first_changed_at END,
           due_at = CASE WHEN p.due_at IS NULL THEN excluded.due_at
                         ELSE least(excluded.due_at, p.first_changed_at + make_interval(secs => $2)) END
     WHERE excluded.due_at IS NOT NULL`,
    [now, amendmentMostHeldMs / 1_000, ...heldRows.values(rows)],
  );
}

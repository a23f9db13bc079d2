import type { HookDeliveryJson } from "#domain/api/hooks.ts";
import type { Database } from "#server/db/database.ts";
import { logDelivery } from "./log-delivery.ts";

/** As many subjects that no mapping matches are kept for a hook: the newest. */
export const keptSubjects = 100;
const maxSubject = 1_000;

interface Counted {
  readonly name: string;
  readonly outcome: HookDeliveryJson["outcome"];
  /** For the hook's page. */
  readonly detail: string;
  readonly recorded: number;
  readonly notMapped: readonly string[];
  readonly now: Date;
}

/** Counts and logs a delivery, and keeps what was not mapped for whoever writes the mappings. A hook that was just deleted counts nothing. */
export async function countDelivery(database: Database, counted: Counted): Promise<void> {
  const { name, outcome, detail, recorded, notMapped, now } = counted;
  await database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE deployment_hook SET deliveries = deliveries + 1, recorded = recorded + $2, not_mapped = not_mapped + $3,
              last_delivery_at = greatest(last_delivery_at, $4) WHERE name = $1`,
      [name, recorded, notMapped.length, now],
    );
    if (rowCount === 0) return;
    await logDelivery(tx, { hook: name, outcome, detail, times: 1, now });
    if (notMapped.length === 0) return;
    // The hook's row is locked, so that two deliveries cannot lock subjects in opposite orders.
    await tx.query(
      `INSERT INTO deployment_hook_subject AS old (hook, subject, deliveries, first_seen_at, last_seen_at)
       SELECT $1, subject, 1, $3, $3 FROM unnest($2::text[]) AS s(subject)
       ON CONFLICT (hook, subject) DO UPDATE SET deliveries = old.deliveries + 1, last_seen_at = excluded.last_seen_at`,
      [name, notMapped.map((subject) => subject.slice(0, maxSubject)), now],
    );
    await tx.query(
      `DELETE FROM deployment_hook_subject WHERE hook = $1 AND subject NOT IN (
         SELECT subject FROM deployment_hook_subject WHERE hook = $1 ORDER BY last_seen_at DESC, subject LIMIT $2)`,
      [name, keptSubjects],
    );
  });
}

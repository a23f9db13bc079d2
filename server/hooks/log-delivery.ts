import type { HookOutcome } from "#domain/api/hooks.ts";
import type { Sql } from "#server/db/database.ts";

/** As many deliveries of a hook are kept: refusals apart, so that a flood of them leaves what was recorded. */
const keptDeliveries = 100;
const keptRefusals = 20;
const maxDetail = 1_000;

interface Logged {
  readonly hook: string;
  readonly outcome: HookOutcome;
  readonly detail: string;
  readonly times: number;
  readonly now: Date;
}

/** Notes what came of a delivery. The caller holds the hook's row, so that two never delete each other's. */
export async function logDelivery(tx: Sql, { hook, outcome, detail, times, now }: Logged): Promise<void> {
  const kept = detail.length <= maxDetail ? detail : `${detail.slice(0, maxDetail).toWellFormed()}…`;
  await tx.query(
    "INSERT INTO deployment_hook_delivery (hook, received_at, outcome, detail, times) VALUES ($1, $2, $3, $4, $5)",
    [hook, now, outcome, kept, times],
  );
  const isRefusal = outcome === "refused";
  await tx.query(
    `DELETE FROM deployment_hook_delivery WHERE hook = $1 AND (outcome = 'refused') = $2 AND id < (
       SELECT min(id) FROM (SELECT id FROM deployment_hook_delivery WHERE hook = $1 AND (outcome = 'refused') = $2
                             ORDER BY id DESC LIMIT $3) newest)`,
    [hook, isRefusal, isRefusal ? keptRefusals : keptDeliveries],
  );
}

import type { Clock } from "#domain/clock.ts";
import { type RouteMatch, routesFor } from "#domain/routing.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { ChangedAlert } from "#server/incidents/index.ts";
import { wakeOutbox } from "#server/outbox/index.ts";
import { currentTraceparent } from "#server/process/tracing.ts";
import { loadTree } from "./load-tree.ts";

export interface QueueGroupsInput {
  clock: Clock;
  alerts: readonly ChangedAlert[];
}

/**
 * Schedules notifications in the transaction that changes alerts: every group they route to gets a flush, after the
 * route's groupWait, or at the group's next flush if one is pending. Call once per transaction with all changed
 * alerts. Waits are in the product's time: a drill's clock divides them.
 */
export async function queueGroups(tx: Sql, { clock, alerts }: QueueGroupsInput): Promise<void> {
  if (alerts.length === 0) return;
  // Held until the commit: a new tree waits for it, and then finds these alerts as they are now.
  await tx.query("SELECT pg_advisory_xact_lock_shared($1)", [advisoryLocks.routingTree]);
  const tree = await loadTree(tx);
  const groups = new Map<string, RouteMatch>();
  for (const alert of alerts) for (const match of routesFor(tree, alert.labels)) groups.set(match.groupKey, match);
  // Every writer locks in key order, so they queue and never deadlock.
  const ordered = [...groups.values()].sort((a, b) => (a.groupKey < b.groupKey ? -1 : 1));
  await writeGroups(tx, ordered, clock);
  await wakeOutbox(tx);
}

const groupRows = bulkRows({
  groupKey: "text",
  receiver: "text",
  path: "text",
  groupLabels: "jsonb",
  waitMs: "float8",
});

async function writeGroups(tx: Sql, groups: readonly RouteMatch[], clock: Clock): Promise<void> {
  await tx.query(
    `INSERT INTO notification_group (key, receiver, route, labels, created_at, traceparent, flush_at)
     SELECT n.group_key, n.receiver, n.path, n.group_labels, $1, $2, now() + make_interval(secs => n.wait_ms / 1000)
       FROM ${groupRows.from("n", 3)}
     -- the row is locked either way: a flush that is deciding ends first, or sees what this transaction changes
     ON CONFLICT (key) DO UPDATE SET receiver = excluded.receiver,
       traceparent = coalesce(excluded.traceparent, notification_group.traceparent),
       flush_at = coalesce(notification_group.flush_at, excluded.flush_at)`,
    [
      clock.now(),
      currentTraceparent(),
      ...groupRows.values(groups.map((each) => ({ ...each, waitMs: clock.toRealMs(each.groupWaitMs) }))),
    ],
  );
}

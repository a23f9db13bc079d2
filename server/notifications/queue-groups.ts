import { createHash } from "node:crypto";
import type { Clock } from "#domain/clock.ts";
import { type RouteMatch, routesFor } from "#domain/routing.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";
import type { ChangedAlert } from "#server/incidents/index.ts";
import { addJob } from "#server/jobs/index.ts";
import { loadTree } from "./load-tree.ts";

export interface QueueGroupsInput {
  clock: Clock;
  alerts: readonly ChangedAlert[];
}

/** A job key holds 512 characters; a group's labels may be longer. */
export function flushJobKey(groupKey: string): string {
  return groupKey.length <= 400 ? `flush:${groupKey}` : `flush:${createHash("sha256").update(groupKey).digest("hex")}`;
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
  await writeGroups(tx, ordered, clock.now());
  for (const group of ordered) await queueFlush(tx, group.groupKey, clock.toRealMs(group.groupWaitMs), true);
}

/** `keepsRunAt`: a pending flush keeps its time. */
export async function queueFlush(tx: Sql, groupKey: string, runInMs: number, keepsRunAt = false): Promise<void> {
  await addJob(tx, { task: "flush", payload: { key: groupKey }, key: flushJobKey(groupKey), runInMs, keepsRunAt });
}

async function writeGroups(tx: Sql, groups: readonly RouteMatch[], now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO notification_group (key, receiver, route, labels, created_at)
     SELECT key, receiver, route, labels, $5
       FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) WITH ORDINALITY AS new (key, receiver, route, labels, nth)
      ORDER BY nth
     -- the row is locked either way: a flush that is deciding ends first, or sees what this transaction changes
     ON CONFLICT (key) DO UPDATE SET receiver = excluded.receiver`,
    [
      groups.map((group) => group.groupKey),
      groups.map((group) => group.receiver),
      groups.map((group) => group.path),
      groups.map((group) => JSON.stringify(group.groupLabels)),
      now,
    ],
  );
}

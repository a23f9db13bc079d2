import { decideFlush, type FlushDecision } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import type { NotifyContext } from "./context.ts";
import { loadRoutedAlerts, type NotableAlert } from "./load-routed-alerts.ts";
import { loadSilences } from "./load-silences.ts";
import { loadTree } from "./load-tree.ts";
import { queueFlush } from "./queue-groups.ts";
import type { StoredGroup } from "./record-in-timeline.ts";
import { recordInTimeline } from "./record-in-timeline.ts";
import { writeNotifications } from "./write-notifications.ts";

/** Covers changes in one instant: an alert resolved in the millisecond of the last flush is read again. */
const overlapMs = 1_000;

/**
 * Evaluates a group and, if it changed, writes a message to each channel of its receiver and queues the deliveries, in
 * one transaction: after a kill either nothing is done, and the job runs again, or everything is.
 */
export async function flushGroup({ ctx, input }: { ctx: NotifyContext; input: { key: string } }): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const group = await lockGroup(tx, input.key);
    if (!group) return;
    const now = ctx.clock.now();
    const resolvedSince = new Date((group.flushedAt ?? group.createdAt).getTime() - overlapMs);
    const alerts = await loadRoutedAlerts(tx, { toldFiring: group.toldFiring, resolvedSince });
    const decision = decideFlush({
      group,
      alerts,
      silences: await loadSilences(tx, now),
      tree: await loadTree(tx),
      told: {
        firing: group.toldFiring,
        resolved: group.toldResolved,
        notifiedAt: group.notifiedAt,
        flushedAt: group.flushedAt,
      },
      now,
    });
    const sequence = group.sequence + (decision.notify ? 1 : 0);
    if (decision.notify) await writeNotifications(tx, { group, decision, sequence, clock: ctx.clock, now });
    await recordInTimeline(tx, { group, decision, now });
    await rememberFlush(tx, { key: group.key, decision, sequence, now });
    if (decision.nextFlushAt) {
      await queueFlush(tx, group.key, ctx.clock.toRealMs(decision.nextFlushAt.getTime() - now.getTime()));
    }
  });
}

async function lockGroup(tx: Sql, key: string): Promise<StoredGroup | null> {
  const { rows } = await tx.query<StoredGroup>(
    `SELECT key, labels, created_at AS "createdAt", flushed_at AS "flushedAt", notified_at AS "notifiedAt",
            told_firing AS "toldFiring", told_resolved AS "toldResolved", sequence
       FROM notification_group WHERE key = $1
      -- two workers that look at one group decide one after the other: the second finds what the first told
      FOR UPDATE`,
    [key],
  );
  return rows[0] ?? null;
}

async function rememberFlush(
  tx: Sql,
  { key, decision, sequence, now }: { key: string; decision: FlushDecision<NotableAlert>; sequence: number; now: Date },
): Promise<void> {
  const { remember } = decision;
  await tx.query(
    `UPDATE notification_group
        SET flushed_at = $2, sequence = $3,
            notified_at = CASE WHEN $4 THEN $2 ELSE notified_at END,
            told_firing = CASE WHEN $4 THEN $5::text[] ELSE told_firing END,
            told_resolved = CASE WHEN $4 THEN $6::text[] ELSE told_resolved END
      WHERE key = $1`,
    [key, now, sequence, remember !== null, remember?.firing ?? [], remember?.resolved ?? []],
  );
}

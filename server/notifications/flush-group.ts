import { decideFlush, type FlushDecision } from "#domain/routing.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql, Transaction } from "#server/db/database.ts";
import { inSpan, type SpanOptions } from "#server/process/tracing.ts";
import { countHeldBack } from "./count-held-back.ts";
import { loadRoutedAlerts, type NotableAlert } from "./load-routed-alerts.ts";
import { loadSilences } from "./load-silences.ts";
import { loadTree } from "./load-tree.ts";
import { recordInTimeline, type StoredGroup } from "./record-in-timeline.ts";
import { writeNotifications } from "./write-notifications.ts";

/** Covers changes in one instant: an alert resolved in the millisecond of the last flush is read again. */
const overlapMs = 1_000;

/** After a failure, others go first. */
const postponeSeconds = 10;

type FlushContext = Pick<Context, "database" | "clock">;

/** Takes the group that is due first; false: none is, or other processes have those that are. */
export async function flushNextGroup({ ctx }: { ctx: FlushContext }): Promise<boolean> {
  let key: string | null = null;
  try {
    await ctx.database.transaction(async (tx) => {
      const group = await lockNextGroup(tx);
      key = group?.key ?? null;
      if (!group) return;
      const { traceparent } = group;
      if (traceparent === null) await flushGroup(tx, ctx, group);
      else
        await inSpan(
          () => flushSpan(traceparent),
          () => flushGroup(tx, ctx, group),
        );
    });
  } catch (error) {
    const postponed = "UPDATE notification_group SET flush_at = now() + make_interval(secs => $2) WHERE key = $1";
    await ctx.database.sql.query(postponed, [key, postponeSeconds]);
    throw error;
  }
  return key !== null;
}

/** In the trace of what made the group due. Repetitions later are no longer of it. */
function flushSpan(parent: string): SpanOptions {
  return { name: "decide notification", kind: "internal", parent, attributes: { "db.system.name": "postgresql" } };
}

/**
 * Evaluates a group and, if it changed, writes a message to each channel of its receiver, in one transaction: after a
 * kill either nothing is done, and the group is still due, or everything is.
 */
async function flushGroup(tx: Transaction, ctx: FlushContext, group: StoredGroup): Promise<void> {
  const now = ctx.clock.now();
  const resolvedSince = new Date((group.flushedAt ?? group.createdAt).getTime() - overlapMs);
  const alerts = await loadRoutedAlerts(tx, { notifiedFiring: group.notifiedFiring, resolvedSince });
  const decision = decideFlush({
    group,
    alerts,
    silences: await loadSilences(tx, now),
    tree: await loadTree(tx),
    notified: {
      firing: group.notifiedFiring,
      resolved: group.notifiedResolved,
      notifiedAt: group.notifiedAt,
      flushedAt: group.flushedAt,
    },
    now,
  });
  await holdIncidents(tx, decision);
  const sequence = group.sequence + (decision.notify ? 1 : 0);
  if (decision.notify) await writeNotifications(tx, { group, decision, sequence, clock: ctx.clock, now });
  await recordInTimeline(tx, { group, decision, now });
  await rememberFlush(tx, { ctx, key: group.key, decision, sequence, now });
  await countHeldBack(tx, decision);
}

/** In the order in which incidents are locked to be resolved: writing about them one after the other could deadlock with that. */
async function holdIncidents(tx: Sql, { firing, resolved, held }: FlushDecision<NotableAlert>): Promise<void> {
  const alerts = [...firing, ...resolved, ...held.map(({ alert }) => alert)];
  const ids = new Set(alerts.flatMap(({ incidentId }) => incidentId ?? []));
  if (ids.size === 0) return;
  await tx.query("SELECT FROM incident WHERE id = ANY ($1) ORDER BY cause_key FOR KEY SHARE", [[...ids]]);
}

async function lockNextGroup(tx: Sql): Promise<(StoredGroup & { traceparent: string | null }) | null> {
  const { rows } = await tx.query<StoredGroup & { traceparent: string | null }>(
    `SELECT key, labels, created_at AS "createdAt", flushed_at AS "flushedAt", notified_at AS "notifiedAt",
            notified_firing AS "notifiedFiring", notified_resolved AS "notifiedResolved", sequence, traceparent
       FROM notification_group WHERE flush_at <= now() ORDER BY flush_at LIMIT 1
      -- whoever changes alerts of the group waits for its flush, and then sees what that notified
      FOR UPDATE SKIP LOCKED`,
  );
  return rows[0] ?? null;
}

interface Flushed {
  key: string;
  decision: FlushDecision<NotableAlert>;
  sequence: number;
  now: Date;
}

async function rememberFlush(
  tx: Sql,
  { ctx, key, decision, sequence, now }: Flushed & { ctx: FlushContext },
): Promise<void> {
  const { remember, nextFlushAt } = decision;
  const nextInMs = nextFlushAt && ctx.clock.toRealMs(nextFlushAt.getTime() - now.getTime());
  await tx.query(
    `UPDATE notification_group
        SET flushed_at = $2, sequence = $3, traceparent = NULL, flush_at = now() + make_interval(secs => $7::float8 / 1000),
            notified_at = CASE WHEN $4 THEN $2 ELSE notified_at END,
            notified_firing = CASE WHEN $4 THEN $5::text[] ELSE notified_firing END,
            notified_resolved = CASE WHEN $4 THEN $6::text[] ELSE notified_resolved END
      WHERE key = $1`,
    [key, now, sequence, remember !== null, remember?.firing ?? [], remember?.resolved ?? [], nextInMs],
  );
}

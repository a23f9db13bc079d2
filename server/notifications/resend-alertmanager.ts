import { type ChannelSpec, parseChannel } from "#domain/channel.ts";
import type { RoutingTree } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import type { NotifyContext } from "./context.ts";
import { findMuteReason } from "./find-mute-reason.ts";
import { loadRoutedAlerts } from "./load-routed-alerts.ts";
import { loadTree } from "./load-tree.ts";
import { splitNotification } from "./split-notification.ts";

interface DueGroup {
  key: string;
  receiver: string;
  labels: Record<string, string>;
  notifiedFiring: string[];
  flushedAt: Date;
}

/** Real time, as in Alertmanager: alerts not resent for some minutes end there. */
const everySeconds = 60;
const mostGroups = 50;
/** To one Alertmanager at once: one that hangs misses resends, and the others wait for none of its answers. */
const mostInFlight = 50;

export async function scheduleResend(tx: Sql, groupKey: string): Promise<void> {
  await tx.query("UPDATE notification_group SET resend_at = now() + make_interval(secs => $2) WHERE key = $1", [
    groupKey,
    everySeconds,
  ]);
}

interface ResendInput {
  ctx: NotifyContext;
  inFlight: Map<string, number>;
}

/** What is the same for all groups of a pass. */
interface Pass extends ResendInput {
  now: Date;
  tree: RoutingTree;
  mute: Awaited<ReturnType<typeof findMuteReason>>;
}

/**
 * Resends firing alerts to the Alertmanagers of their receiver for as long as they fire. Not deliveries: they carry no news,
 * the next resend makes up for a failure, and the end has a delivery of its own. Answers are not awaited: `inFlight` counts
 * the process's resends by channel.
 */
export async function resendAlerts({ ctx, inFlight }: ResendInput): Promise<void> {
  const { sql } = ctx.database;
  const { rows } = await sql.query<DueGroup>(
    // Postponed at once: that claims them, and a process that dies costs one resend.
    `UPDATE notification_group SET resend_at = now() + make_interval(secs => $1)
      WHERE key IN (SELECT key FROM notification_group WHERE resend_at <= now() ORDER BY resend_at LIMIT $2
                       FOR UPDATE SKIP LOCKED)
     RETURNING key, receiver, labels, notified_firing AS "notifiedFiring", flushed_at AS "flushedAt"`,
    [everySeconds, mostGroups],
  );
  if (rows.length === 0) return;
  const now = ctx.clock.now();
  const pass = { ctx, inFlight, now, tree: await loadTree(sql), mute: await findMuteReason(sql, now) };
  await Promise.all(rows.map((group) => resendGroup(pass, group)));
}

async function resendGroup({ ctx, inFlight, now, tree, mute }: Pass, group: DueGroup): Promise<void> {
  const { sql } = ctx.database;
  const channels = await loadAlertmanagers(sql, tree, group);
  const relayed = await loadRoutedAlerts(sql, { notifiedFiring: group.notifiedFiring, resolvedSince: now });
  const firing = relayed.filter(
    (alert) => alert.firing && group.notifiedFiring.includes(alert.fingerprint) && !mute(alert),
  );
  if (firing.length === 0 || channels.length === 0) {
    // Not if it was flushed meanwhile, which may have reported others.
    await sql.query("UPDATE notification_group SET resend_at = NULL WHERE key = $1 AND flushed_at = $2", [
      group.key,
      group.flushedAt,
    ]);
    return;
  }
  for (const { name, spec, waits } of channels) {
    const underWay = inFlight.get(name) ?? 0;
    const [part] = splitNotification({
      group,
      decision: { firing, resolved: [], reason: "nothing-new", receiver: null },
      sequence: 0,
      channel: name,
      type: "alertmanager",
      incidents: new Map(),
      now,
    });
    // A waiting delivery is newer than this and must not be overtaken.
    if (!part || waits || underWay >= mostInFlight) continue;
    inFlight.set(name, underWay + 1);
    ctx
      .send({ channel: spec, notification: part.notification, posted: null })
      .catch(() => undefined)
      .finally(() => inFlight.set(name, (inFlight.get(name) ?? 1) - 1));
  }
}

async function loadAlertmanagers(
  sql: Sql,
  tree: RoutingTree,
  { key, receiver }: DueGroup,
): Promise<{ name: string; spec: ChannelSpec; waits: boolean }[]> {
  const names = tree.receivers.get(receiver)?.channels ?? [];
  const { rows } = await sql.query<{ name: string; spec: unknown; waits: boolean }>(
    `SELECT name, spec,
            EXISTS (SELECT FROM delivery
                     WHERE delivery.receiver = name AND group_key = $2 AND state = 'queued') AS waits
       FROM channel WHERE name = ANY ($1)`,
    [names, key],
  );
  return rows.flatMap((row) => {
    const parsed = parseChannel(row.spec);
    return parsed.ok && parsed.spec.enabled && parsed.spec.type === "alertmanager"
      ? [{ ...row, spec: parsed.spec }]
      : [];
  });
}

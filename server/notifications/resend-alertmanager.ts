import { parseChannel } from "#domain/channel.ts";
import type { Sql } from "#server/db/database.ts";
import { addJob } from "#server/jobs/index.ts";
import type { NotifyContext } from "./context.ts";
import { findMuteReason } from "./find-mute-reason.ts";
import { loadRoutedAlerts } from "./load-routed-alerts.ts";
import { flushJobKey } from "./queue-groups.ts";
import { splitNotification } from "./split-notification.ts";

export interface Resend {
  channel: string;
  groupKey: string;
}

/** Real time, as in Alertmanager: alerts not resent for some minutes end there. */
const everyMs = 60_000;

export async function queueResend(tx: Sql, { channel, groupKey }: Resend): Promise<void> {
  const key = `resend:${encodeURIComponent(channel).slice(0, 80)}:${flushJobKey(groupKey)}`.slice(0, 512);
  await addJob(tx, { task: "resend", payload: { channel, groupKey }, key, runInMs: everyMs });
}

/**
 * Resends firing alerts to an Alertmanager for as long as they fire. Not a delivery: it carries no news, the next resend
 * makes up for a failure, and the end has a delivery of its own.
 */
export async function resendAlertmanager({ ctx, input }: { ctx: NotifyContext; input: Resend }): Promise<void> {
  const { channel, groupKey } = input;
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { rows } = await sql.query<{
    labels: Record<string, string>;
    toldFiring: string[];
    spec: unknown;
    waits: boolean;
  }>(
    `SELECT notification_group.labels, told_firing AS "toldFiring", channel.spec,
            EXISTS (SELECT FROM delivery WHERE delivery.channel = $2 AND delivery.group_key = $1 AND state = 'queued') AS waits
       FROM notification_group JOIN channel ON channel.name = $2
      WHERE key = $1`,
    [groupKey, channel],
  );
  const group = rows[0];
  const spec = group && parseChannel(group.spec);
  if (!group || !spec?.ok || !spec.spec.enabled || spec.spec.type !== "alertmanager") return;
  const mute = await findMuteReason(sql, now);
  const told = await loadRoutedAlerts(sql, { toldFiring: group.toldFiring, resolvedSince: now });
  const firing = told.filter((alert) => alert.firing && group.toldFiring.includes(alert.fingerprint) && !mute(alert));
  if (firing.length === 0) return;
  const [part] = splitNotification({
    group: { key: groupKey, labels: group.labels },
    decision: { firing, resolved: [], reason: "nothing-new", receiver: null },
    sequence: 0,
    channel,
    type: "alertmanager",
    incidents: new Map(),
    now,
  });
  // A waiting delivery is newer than this and must not be overtaken.
  if (part && !group.waits) await ctx.send({ channel: spec.spec, notification: part.notification, posted: null });
  await queueResend(sql, input);
}

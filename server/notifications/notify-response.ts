import type { Clock } from "#domain/clock.ts";
import type { Notification } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { withdrawEscalations } from "./escalate.ts";
import { loadTree } from "./load-tree.ts";
import { loadIncident } from "./notified-incident.ts";
import { incidentChannels } from "./split-notification.ts";
import { writeDelivery } from "./write-delivery.ts";

/** Channels that show who has it. Mail and webhooks of Alertmanager's form know no acknowledgement. */
const showsAcknowledgement = ["pagerduty", "slack"];

/**
 * Called in the transaction that acknowledges an incident: takes back its escalations, and tells those that were paged that
 * somebody has it.
 */
export async function notifyAcknowledged(
  tx: Sql,
  { clock, incidentId }: { clock: Clock; incidentId: bigint },
): Promise<void> {
  await withdrawEscalations(tx, incidentId);
  const incident = await loadIncident(tx, incidentId);
  if (!incident) return;
  const at = clock.now();
  for (const { channel, type, body } of await loadThreads(tx, incidentId)) {
    if (!showsAcknowledgement.includes(type)) continue;
    const dedupKey = `tidemark-acknowledge-${incidentId}-${at.getTime()}-${encodeURIComponent(channel)}`;
    const notification: Notification = { ...body, kind: "acknowledge", dedupKey, incident, at: at.toISOString() };
    await writeDelivery(tx, { channel, notification, incidentId, at });
  }
}

/**
 * Called in the transaction that resolves incidents: their escalations are taken back, and whoever was told of them where people
 * follow incidents is told that they ended. Groups tell machines by themselves.
 */
export async function notifyResolved(
  tx: Sql,
  { clock, incidentIds }: { clock: Clock; incidentIds: readonly bigint[] },
): Promise<void> {
  if (incidentIds.length === 0) return;
  const at = clock.now();
  const { receivers } = await loadTree(tx);
  for (const incidentId of incidentIds) {
    await withdrawEscalations(tx, incidentId);
    const incident = await loadIncident(tx, incidentId);
    if (!incident) continue;
    for (const { channel, body } of await loadThreads(tx, incidentId)) {
      if (receivers.get(body.receiver)?.sendResolved === false) continue;
      const alerts = body.alerts.map((alert) => ({
        ...alert,
        status: "resolved" as const,
        endsAt: alert.endsAt ?? at.toISOString(),
      }));
      const dedupKey = `tidemark-resolve-${incidentId}-${encodeURIComponent(channel)}`;
      const end: Notification = {
        ...body,
        kind: "notify",
        status: "resolved",
        dedupKey,
        incident,
        alerts,
        at: at.toISOString(),
      };
      await writeDelivery(tx, { channel, notification: end, incidentId, at });
    }
  }
}

/** The last message of each of an incident's threads that is not its end. */
async function loadThreads(
  tx: Sql,
  incidentId: bigint,
): Promise<{ channel: string; type: string; body: Notification }[]> {
  const { rows } = await tx.query<{ channel: string; type: string; body: Notification }>(
    `SELECT DISTINCT ON (delivery.channel, thread_key) delivery.channel, channel.spec->>'type' AS type, body
       FROM delivery JOIN channel ON channel.name = delivery.channel
      WHERE incident_id = $1 AND kind IN ('notify', 'repeat', 'escalate') AND delivery.state IN ('queued', 'sent')
        AND channel.spec->>'type' = ANY($2)
      ORDER BY delivery.channel, thread_key, id DESC`,
    [incidentId, incidentChannels],
  );
  return rows.filter(({ body }) => body.status === "firing");
}

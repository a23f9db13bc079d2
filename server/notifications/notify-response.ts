import { incidentChannels, traitsOf } from "#domain/channel.ts";
import type { Clock } from "#domain/clock.ts";
import type { Notification } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { withdrawEscalations } from "./escalate.ts";
import { loadTree } from "./load-tree.ts";
import { loadIncident } from "./notified-incident.ts";
import { writeDelivery } from "./write-delivery.ts";

/**
 * Runs in the transaction that acknowledges an incident: withdraws its escalations, and notifies those paged that
 * it is acknowledged.
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
    if (body.status !== "firing" || !traitsOf(type).showsAcknowledgement) continue;
    const dedupKey = `tidemark-acknowledge-${incidentId}-${at.getTime()}-${encodeURIComponent(channel)}`;
    const notification: Notification = { ...body, kind: "acknowledge", dedupKey, incident, at: at.toISOString() };
    await writeDelivery(tx, { channel, notification, incidentId, at });
  }
}

/**
 * Runs in the transaction that resolves incidents: withdraws their escalations, and sends the end to channels where people
 * follow incidents and were notified. Machines get it from their groups; a webhook whose group ended before, while hours were not final,
 * gets the end once more, with how the incident ended.
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
    for (const { channel, type, body } of await loadThreads(tx, incidentId)) {
      const isFollowed = traitsOf(type).follows === "incidents";
      if (body.status !== (isFollowed ? "firing" : "resolved")) continue;
      // Of several incidents it was: each of them has ended at another time.
      if (!isFollowed && body.incident?.situation?.phase !== "recovering") continue;
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

/** The last message of each thread of an incident. */
async function loadThreads(
  tx: Sql,
  incidentId: bigint,
): Promise<{ channel: string; type: string; body: Notification }[]> {
  return tx.rows<{ channel: string; type: string; body: Notification }>(
    `SELECT DISTINCT ON (receiver, thread_key) receiver AS channel, channel.spec->>'type' AS type, body
       FROM delivery JOIN channel ON channel.name = receiver
      WHERE incident_id = $1 AND kind IN ('notify', 'repeat', 'escalate') AND delivery.state IN ('queued', 'sent')
        AND channel.spec->>'type' = ANY($2)
      ORDER BY receiver, thread_key, id DESC`,
    [incidentId, [...incidentChannels, "webhook"]],
  );
}

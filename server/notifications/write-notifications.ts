import type { Clock } from "#domain/clock.ts";
import type { FlushDecision } from "#domain/routing.ts";
import type { Sql, Transaction } from "#server/db/database.ts";
import { loadOnCall } from "#server/on-call/index.ts";
import { scheduleEscalation } from "./escalate.ts";
import type { NotableAlert } from "./load-routed-alerts.ts";
import { loadIncidents } from "./notified-incident.ts";
import { channelsOf, recordOnCall } from "./on-call.ts";
import type { StoredGroup } from "./record-in-timeline.ts";
import { scheduleResend } from "./resend-alertmanager.ts";
import { splitNotification } from "./split-notification.ts";
import { writeDelivery } from "./write-delivery.ts";

export interface Decided {
  group: StoredGroup;
  decision: FlushDecision<NotableAlert>;
  /** Its number within the group. */
  sequence: number;
  clock: Clock;
  now: Date;
}

/** Writes a message per channel of the receiver and of whoever is on call, and schedules escalations. */
export async function writeNotifications(
  tx: Transaction,
  { group, decision, sequence, clock, now }: Decided,
): Promise<void> {
  const { receiver, firing, resolved } = decision;
  if (!receiver) return;
  const onCall = await loadOnCall(tx, receiver.onCall, now);
  const channels = channelsOf(receiver, onCall);
  const types = await loadChannelTypes(tx, channels);
  const ids = [...firing, ...resolved].flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId]));
  const incidents = await loadIncidents(tx, [...new Set(ids)]);
  const paged = new Set<bigint>();
  for (const channel of channels) {
    const type = types.get(channel) ?? "unknown";
    const parts = splitNotification({ group, decision, sequence, channel, type, incidents, now });
    for (const { notification, incidentId } of parts) {
      await writeDelivery(tx, { channel, notification, incidentId, at: now });
      if (notification.status === "firing" && incidentId !== null) paged.add(incidentId);
    }
    if (type === "alertmanager" && firing.length > 0) await scheduleResend(tx, group.key);
  }
  if (decision.reason !== "repeat") await recordOnCall(tx, { incidentIds: [...paged], onCall, at: now });
  for (const incidentId of paged) {
    if (incidents.get(incidentId)?.state !== "open") continue;
    for (const [step, { afterMs }] of receiver.escalation.entries()) {
      await scheduleEscalation(tx, { incidentId, receiver: receiver.name, step }, clock.toRealMs(afterMs));
    }
  }
}

async function loadChannelTypes(tx: Sql, names: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ name: string; type: string }>(
    "SELECT name, spec->>'type' AS type FROM channel WHERE name = ANY($1)",
    [names],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

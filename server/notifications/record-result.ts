import type { Notification, SendOutcome } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import type { ClaimedDelivery } from "#server/outbox/index.ts";
import { addIncidentEvent } from "./add-incident-event.ts";

/** A delivery whose body is a notification. */
export interface ChannelDelivery extends ClaimedDelivery {
  body: Notification;
}

export interface Result {
  delivery: ChannelDelivery;
  outcome: SendOutcome;
  state: string;
  channelType: string;
  at: Date;
}

/** Only the first failure and the last go to an incident's timeline; the delivery's log has all. */
export async function recordResult(tx: Sql, { delivery, outcome, state, channelType, at }: Result): Promise<void> {
  const { incidentId, body: notification, receiver: channel, attempts } = delivery;
  if (incidentId === null || notification.kind === "test") return;
  const detail = { delivery: String(delivery.id), channel, type: channelType };
  const to = `${notification.receiver} (${channel})`;
  const add = (kind: string, message: string) =>
    addIncidentEvent(tx, { incidentId, at, kind, message: message.slice(0, 1_000), detail });
  if (state === "sent") await add("notified", `${verbOf(notification)} ${to}`);
  else if (state === "failed") {
    await add("notification_failed", `Delivery to ${to} failed: ${outcome.detail}`);
  } else if (attempts === 0) {
    const message = `Delivery to ${to} failed; retrying: ${outcome.detail}`;
    await add("notification_late", message);
  }
}

function verbOf({ kind, status, severity }: Notification): string {
  if (kind === "acknowledge") return "Sent the acknowledgement to";
  if (status === "resolved") return "Sent the resolution to";
  if (kind === "escalate") return "Escalated to";
  if (kind === "repeat") return "Reminded";
  return severity === "page" ? "Paged" : "Notified";
}

import { createHash } from "node:crypto";
import { traitsOf } from "#domain/channel.ts";
import { commonEntries, type Notification, type NotifiedAlert } from "#domain/notification.ts";
import type { FlushDecision } from "#domain/routing.ts";
import type { NotableAlert } from "./load-routed-alerts.ts";
import { type IncidentRow, isSnoozed, toNotified } from "./notified-incident.ts";

export interface SplitInput {
  group: { key: string; labels: Record<string, string> };
  decision: Pick<FlushDecision<NotableAlert>, "firing" | "resolved" | "reason" | "receiver">;
  sequence: number;
  channel: string;
  type: string;
  incidents: ReadonlyMap<bigint, IncidentRow>;
  now: Date;
}

export interface NotificationPart {
  notification: Notification;
  incidentId: bigint | null;
}

const ranks = ["page", "ticket", "info"];

/**
 * A notification in one channel's form. Machines get the group. People get a message per incident in it, which
 * fires until the incident is resolved: one message at its end, not each time its alerts pause.
 */
export function splitNotification(input: SplitInput): NotificationPart[] {
  const { decision, type, incidents } = input;
  const alerts = [...decision.firing, ...decision.resolved];
  const { follows, edits } = traitsOf(type);
  const isEnd = decision.reason === "resolved" || decision.reason === "all-resolved";
  // What ends is always sent.
  const isPaused = (id: bigint | null) => {
    const incident = id === null ? undefined : incidents.get(id);
    return !isEnd && incident !== undefined && isSnoozed(incident, input.now);
  };
  if (follows === "groups")
    return alerts.every(({ incidentId }) => isPaused(incidentId))
      ? []
      : [partOf(input, alerts, soleIncident(alerts), null)];
  return [...Map.groupBy(alerts, (alert) => alert.incidentId)].flatMap(([incidentId, members]) => {
    if (incidentId === null) return [partOf(input, members, null, null)];
    const incident = incidents.get(incidentId);
    if (!incident || incident.state === "resolved") return [];
    if (isPaused(incidentId)) return [];
    // No reminders once it is acknowledged.
    if (decision.reason === "repeat" && incident.state === "acknowledged") return [];
    // Some alerts ending is worth an edit. To a pager it would be a trigger, which reopens what a person closed there.
    if (!edits && isEnd) return [];
    return [partOf(input, members, incidentId, incident)];
  });
}

function partOf(
  { group, decision, sequence, channel, incidents, now }: SplitInput,
  members: readonly NotableAlert[],
  incidentId: bigint | null,
  thread: IncidentRow | null,
): NotificationPart {
  const alerts = members.map(toNotifiedAlert);
  const incident = (incidentId !== null && incidents.get(incidentId)) || null;
  const labels = commonEntries(alerts.map((alert) => alert.labels));
  const isFiring = thread !== null || members.some((alert) => alert.firing);
  const group_ = digest(group.key);
  const part = thread ? `${group_}-${thread.id}` : group_;
  return {
    incidentId,
    notification: {
      kind: decision.reason === "repeat" ? "repeat" : "notify",
      status: isFiring ? "firing" : "resolved",
      dedupKey: `tidemark-${part}-${sequence}-${encodeURIComponent(channel)}`,
      threadKey: thread ? incidentThread(thread) : `tidemark-group-${group_}`,
      groupKey: group.key,
      receiver: decision.receiver?.name ?? "",
      groupLabels: group.labels,
      commonLabels: labels,
      commonAnnotations: commonEntries(alerts.map((alert) => alert.annotations)),
      incident: incident && toNotified(incident),
      title: incident?.situation.title ?? titleOf(alerts),
      severity: worst(alerts),
      alerts,
      at: now.toISOString(),
    },
  };
}

/** Constant from an incident's opening to its end. The number comes first, so that truncation at a receiver keeps it. */
export function incidentThread({ id, causeKey }: { id: bigint; causeKey: string }): string {
  return `tidemark:${id}:${causeKey}`;
}

function soleIncident(alerts: readonly NotableAlert[]): bigint | null {
  const ids = new Set(alerts.map((alert) => alert.incidentId));
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

function toNotifiedAlert(alert: NotableAlert): NotifiedAlert {
  return {
    fingerprint: alert.fingerprint,
    status: alert.firing ? "firing" : "resolved",
    severity: alert.severity,
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: alert.startsAt.toISOString(),
    endsAt: alert.firing ? null : (alert.resolvedAt?.toISOString() ?? null),
    value: alert.value,
  };
}

function titleOf(alerts: readonly NotifiedAlert[]): string {
  const [first] = alerts;
  const summary = first?.annotations.summary || first?.labels.alertname || "Alert";
  return alerts.length > 1 ? `${summary} (and ${alerts.length - 1} more)` : summary;
}

function worst(alerts: readonly NotifiedAlert[]): string {
  return ranks.find((rank) => alerts.some((alert) => alert.severity === rank)) ?? "info";
}

/** Keys go in headers; labels hold anything. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

import { incidentLines, incidentText } from "#domain/notification/incident-lines.ts";
import { pagerdutyKey } from "#domain/notification/pagerduty-key.ts";
import { clipText, linksOf, type Notification, type SendOutcome } from "#domain/notification.ts";
import { sendJson, type Way } from "./send-json.ts";

export interface PagerdutyTarget extends Way {
  /** https://events.pagerduty.com, the EU region's, or an operator's own proxy. */
  url: string;
  routingKey: string;
  publicUrl: string;
}

/** PagerDuty's Events API v2: https://developer.pagerduty.com/docs/events-api-v2-overview */
const most = { bodyBytes: 512 * 1024, summary: 1024 };
const listedAlerts = 50;
const severities: Record<string, string> = { page: "critical", ticket: "warning", info: "info" };

/** The dedup key is the thread's: trigger, acknowledge and resolve of one incident match, and a repeat opens no second. */
export async function sendPagerduty(target: PagerdutyTarget, notification: Notification): Promise<SendOutcome> {
  const outcome = await sendJson(target, {
    url: `${target.url.replace(/\/+$/, "")}/v2/enqueue`,
    body: pagerdutyEvent(target, notification),
  });
  if (outcome.outcome !== "sent") return outcome;
  return { ...outcome, receipt: { dedupKey: pagerdutyKey(notification.threadKey) } };
}

export function pagerdutyEvent(target: Pick<PagerdutyTarget, "routingKey" | "publicUrl">, notification: Notification) {
  const common = { routing_key: target.routingKey, dedup_key: pagerdutyKey(notification.threadKey) };
  if (notification.kind === "acknowledge") return { ...common, event_action: "acknowledge" };
  if (notification.status === "resolved") return { ...common, event_action: "resolve", ...ended(notification) };
  // Long texts and alert lists are shortened until PagerDuty accepts the event.
  for (const { alerts, text } of shrinking) {
    const event = trigger(target.publicUrl, notification, common, alerts, text);
    if (Buffer.byteLength(JSON.stringify(event)) <= most.bodyBytes) return event;
  }
  return trigger(target.publicUrl, { ...notification, commonLabels: {} }, common, 0, 200);
}

/** How it ended, for the log of PagerDuty's incident. */
function ended(notification: Notification) {
  const text = incidentText(notification);
  if (text === "") return {};
  const { severity, commonLabels } = notification;
  return {
    payload: {
      summary: clipText(text, most.summary),
      source: clipText(commonLabels.datacenter || commonLabels.eventType || "tidemark", most.summary),
      severity: severities[severity] ?? "error",
    },
  };
}

/** Lines about the incident that have no field of their own. */
function named(notification: Notification, clip: (text: string) => string): Record<string, string> {
  const lines = incidentLines(notification).filter(({ name }) => name?.startsWith("Affected"));
  return Object.fromEntries(lines.map(({ name, text }) => [(name ?? "").toLowerCase().replace(" ", "_"), clip(text)]));
}

const shrinking = [
  { alerts: listedAlerts, text: 2_000 },
  { alerts: 20, text: 500 },
  { alerts: 5, text: 200 },
];

function trigger(
  publicUrl: string,
  notification: Notification,
  common: { routing_key: string; dedup_key: string },
  alerts: number,
  text: number,
) {
  const { incident, commonLabels, commonAnnotations } = notification;
  const { runbook_url: runbook } = commonAnnotations;
  const links = linksOf(notification, publicUrl);
  const clip = (value: string) => clipText(value, text);
  return {
    ...common,
    event_action: "trigger",
    client: "Tidemark",
    client_url: links.main,
    links: [
      { href: links.main, text: "Open in Tidemark" },
      ...(links.acknowledge ? [{ href: links.acknowledge, text: "Acknowledge" }] : []),
      { href: links.silence, text: "Silence" },
      ...(runbook ? [{ href: runbook, text: "Runbook" }] : []),
    ],
    payload: {
      summary: clipText(notification.title, most.summary) || "Tidemark",
      source: clip(commonLabels.datacenter || commonLabels.eventType || "tidemark"),
      severity: severities[notification.severity] ?? "error",
      timestamp: incident?.since ?? notification.alerts[0]?.startsAt ?? notification.at,
      ...(commonLabels.eventType ? { component: clip(commonLabels.eventType) } : {}),
      ...(commonLabels.owner ? { group: clip(commonLabels.owner) } : {}),
      ...(commonLabels.alertname ? { class: clip(commonLabels.alertname) } : {}),
      custom_details: {
        ...(incident
          ? {
              incident: incident.id,
              summary: clip(incidentText(notification)),
              cause: clip(incident.cause),
              since: incident.since,
              hours_affected: incident.hours.affected,
              hours_recovered: incident.hours.recovered,
              ...named(notification, clip),
            }
          : {}),
        notification: notification.dedupKey,
        labels: Object.fromEntries(
          Object.entries(commonLabels)
            .slice(0, 40)
            .map(([name, value]) => [clip(name), clip(value)]),
        ),
        alerts: notification.alerts.slice(0, alerts).map((alert) => ({
          summary: clip(alert.annotations.summary || alert.labels.alertname || alert.fingerprint),
          status: alert.status,
          since: alert.startsAt,
          ...(alert.labels.eventType ? { event_type: clip(alert.labels.eventType) } : {}),
        })),
        ...(notification.alerts.length > alerts ? { alerts_not_listed: notification.alerts.length - alerts } : {}),
      },
    },
  };
}

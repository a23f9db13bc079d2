import type { SituationJson } from "../api/situation.ts";
import type { AlertWebhookJson } from "../api/webhooks.ts";
import { linksOf, type Notification } from "../notification.ts";
import { incidentMessage, incidentText } from "./incident-lines.ts";

/** Alertmanager's own value for an alert that is still firing. */
const notEnded = "0001-01-01T00:00:00Z";

/**
 * The body that Alertmanager's webhook receivers expect, version 4, and the incident:
 * prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export function webhookBody(notification: Notification, publicUrl: string): AlertWebhookJson {
  const { incident } = notification;
  const { main } = linksOf(notification, publicUrl);
  return {
    version: "4",
    groupKey: notification.groupKey,
    truncatedAlerts: 0,
    status: notification.status,
    receiver: notification.receiver,
    groupLabels: notification.groupLabels,
    commonLabels: notification.commonLabels,
    commonAnnotations: notification.commonAnnotations,
    externalURL: publicUrl,
    alerts: notification.alerts.map((alert) => ({
      status: alert.status,
      labels: alert.labels,
      annotations: alert.annotations,
      startsAt: alert.startsAt,
      endsAt: alert.endsAt ?? notEnded,
      generatorURL: main,
      fingerprint: alert.fingerprint,
    })),
    incident: incident && {
      id: incident.id,
      url: main,
      state: incident.state,
      severity: incident.severity,
      title: incident.title,
      text: incidentText(notification),
      message: incidentMessage(notification),
      ...(incident.situation && situationBody(incident.situation)),
    },
  };
}

/** What most receivers look for, named at the top; the whole record beside it. */
function situationBody(situation: SituationJson): Partial<NonNullable<AlertWebhookJson["incident"]>> {
  const { cause, onset, extent, impact } = situation;
  return {
    likelyCause: cause.sentence === "" ? null : { code: cause.code, sentence: cause.sentence, confidence: cause.score },
    onset,
    affectedHours: extent.hours,
    affectedConsumers: { count: impact.consumerCount, first: impact.consumers },
    situation,
  };
}

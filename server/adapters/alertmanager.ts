import { incidentText } from "#domain/notification/incident-lines.ts";
import { linksOf, type Notification, type NotifiedAlert, type SendOutcome } from "#domain/notification.ts";
import { sendJson, type Way } from "./send-json.ts";

export interface AlertmanagerTarget extends Way {
  url: string;
  basicAuth: { username: string; password: string } | null;
  publicUrl: string;
  /** From the product's time, which a drill changes, to the receiver's. */
  toReal(productAt: Date): Date;
  now: Date;
}

/** How often a firing alert is resent; it ends by itself at the receiver after four failed resends. */
const resendMs = 60_000;
const firingForMs = 4 * resendMs;

type AlertsToSend = Pick<Notification, "status" | "alerts" | "incident">;

/** https://github.com/prometheus/alertmanager, api/v2/openapi.yaml: postAlerts. Idempotent. */
export async function sendAlertmanager(target: AlertmanagerTarget, notification: AlertsToSend): Promise<SendOutcome> {
  const { basicAuth } = target;
  const credentials = basicAuth && Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString("base64");
  return sendJson(target, {
    url: `${target.url.replace(/\/+$/, "")}/api/v2/alerts`,
    headers: credentials ? { authorization: `Basic ${credentials}` } : {},
    body: alertmanagerAlerts(target, notification),
  });
}

function alertmanagerAlerts(
  { publicUrl, toReal, now }: Pick<AlertmanagerTarget, "publicUrl" | "toReal" | "now">,
  { status, alerts, incident }: AlertsToSend,
) {
  const text = incidentText({ status, incident });
  const generatorURL = linksOf({ incident }, publicUrl).main;
  return alerts.map((alert) => {
    const startsAt = toReal(new Date(alert.startsAt));
    return {
      labels: labelsOf(alert),
      annotations: named({ ...alert.annotations, ...(text && { incident: text }) }),
      startsAt: startsAt.toISOString(),
      endsAt: endOf(alert, startsAt, toReal, now).toISOString(),
      generatorURL,
    };
  });
}

/** Never before its start, which Alertmanager refuses. */
function endOf(alert: NotifiedAlert, startsAt: Date, toReal: (at: Date) => Date, now: Date): Date {
  if (alert.status === "firing") return new Date(Math.max(now.getTime(), startsAt.getTime()) + firingForMs);
  const endsAt = alert.endsAt ? toReal(new Date(alert.endsAt)) : now;
  return new Date(Math.max(Math.min(endsAt.getTime(), now.getTime()), startsAt.getTime()));
}

function labelsOf(alert: NotifiedAlert): Record<string, string> {
  return { ...named(alert.labels), alertname: alert.labels.alertname || "tidemark" };
}

/** Converts to Alertmanager's label names; a type's own label may be `cost-centre`. An empty value means no label. */
function named(map: Record<string, string>): Record<string, string> {
  const entries = Object.entries(map).filter(([, value]) => value !== "");
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replace(/[^a-zA-Z0-9_]/g, "_").replace(/^(?=\d)/, "_"), value]),
  );
}

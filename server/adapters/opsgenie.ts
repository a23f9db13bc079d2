import { incidentMessage, incidentText } from "#domain/notification/incident-lines.ts";
import { clipText, linksOf, type Notification, type SendOutcome } from "#domain/notification.ts";
import { sendJson, type Way } from "./send-json.ts";

export interface OpsgenieResponder {
  type: "team" | "user" | "escalation" | "schedule";
  /** Of a user the user name, which is a mail address. */
  name: string;
}

export interface OpsgenieTarget extends Way {
  /** https://api.opsgenie.com or the EU region's. */
  url: string;
  apiKey: string;
  responders: readonly OpsgenieResponder[];
  publicUrl: string;
  /** The priority that the alert was last given; null: none is open. */
  priority: string | null;
}

interface Call {
  method: "POST" | "PUT";
  path: string;
  body: object;
}

/** Opsgenie's Alert API v2: https://docs.opsgenie.com/docs/alert-api */
const limits = { alias: 512, message: 130, description: 15_000, note: 25_000, tag: 50, detail: 500, user: 100 };
const listedAlerts = 30;
const priorities: Record<string, string> = { page: "P1", ticket: "P3", info: "P5" };

/**
 * The alias is the thread's: one incident is one alert, which Opsgenie counts up when it is created again. It answers 202 before it
 * processes a call; in order, as they are sent.
 */
export async function sendOpsgenie(target: OpsgenieTarget, notification: Notification): Promise<SendOutcome> {
  const base = target.url.replace(/\/+$/, "");
  const headers = { authorization: `GenieKey ${target.apiKey}` };
  let last: SendOutcome = { outcome: "permanent", detail: "Nothing was to be sent." };
  for (const { path, ...call } of opsgenieCalls(target, notification)) {
    last = await sendJson(target, { ...call, url: `${base}${path}`, headers });
    if (last.outcome !== "sent") break;
  }
  if (last.outcome !== "sent") return last;
  return { ...last, receipt: { alias: aliasOf(notification), priority: priorityOf(notification) } };
}

/** What a notification is in Opsgenie: an alert is created or counted up, acknowledged, or closed. */
export function opsgenieCalls(
  target: Omit<OpsgenieTarget, "apiKey" | "url" | "egress">,
  notification: Notification,
): Call[] {
  const alias = encodeURIComponent(aliasOf(notification));
  const at = (act: string, method: Call["method"], body: object): Call => ({
    method,
    path: `/v2/alerts/${alias}/${act}?identifierType=alias`,
    body,
  });
  const source = { source: "Tidemark" };
  const text = clipText(incidentText(notification) || notification.title, limits.note);
  if (notification.kind === "acknowledge") {
    const user = clipText(notification.incident?.acknowledgedBy ?? "Tidemark", limits.user);
    return [at("acknowledge", "POST", { ...source, user, note: `Acknowledged in Tidemark by ${user}.` })];
  }
  if (notification.status === "resolved") return [at("close", "POST", { ...source, user: "Tidemark", note: text })];
  const priority = priorityOf(notification);
  const create: Call = { method: "POST", path: "/v2/alerts", body: alertOf(target, notification, text) };
  // Creating it again keeps the priority of the one that is open.
  const isRaised = target.priority !== null && priority < target.priority;
  return [create, ...(isRaised ? [at("priority", "PUT", { priority })] : [])];
}

function alertOf(
  { publicUrl, responders }: Pick<OpsgenieTarget, "publicUrl" | "responders">,
  notification: Notification,
  text: string,
) {
  const { incident, commonLabels, commonAnnotations, alerts, severity } = notification;
  const clip = (value: string) => clipText(value, limits.detail);
  const { main, acknowledge } = linksOf(notification, publicUrl);
  const listed = alerts.slice(0, listedAlerts).map(({ status, annotations, labels, fingerprint }) => {
    const said = annotations.summary || labels.alertname || fingerprint;
    return `${status === "resolved" ? "resolved" : "firing"}: ${clip(said)}`;
  });
  const more = alerts.length - listed.length;
  const description = [incidentMessage(notification), ...listed, ...(more > 0 ? [`and ${more} more`] : []), main];
  return {
    message: clipText(notification.title, limits.message) || "Tidemark",
    alias: aliasOf(notification),
    description: clipText(description.filter((line) => line !== "").join("\n"), limits.description),
    ...(responders.length > 0 && {
      responders: responders.map(({ type, name }) => (type === "user" ? { type, username: name } : { type, name })),
    }),
    tags: ["tidemark", severity, ...(commonLabels.tier ? [commonLabels.tier] : [])].map((tag) =>
      clipText(tag, limits.tag),
    ),
    details: {
      url: clip(main),
      ...(acknowledge && { acknowledge: clip(acknowledge) }),
      ...(commonAnnotations.runbook_url && { runbook: clip(commonAnnotations.runbook_url) }),
      ...(incident && { incident: incident.id, since: incident.since, cause: clip(incident.cause) }),
      notification: clip(notification.dedupKey),
    },
    entity: clip(commonLabels.datacenter || commonLabels.eventType || "tidemark"),
    source: "Tidemark",
    priority: priorityOf(notification),
    note: text,
  };
}

/** An incident's severity never falls; a message without one has that of its alerts. */
function priorityOf({ incident, severity }: Notification): string {
  return priorities[incident?.severity ?? severity] ?? "P3";
}

function aliasOf({ threadKey }: Notification): string {
  return clipText(threadKey, limits.alias);
}

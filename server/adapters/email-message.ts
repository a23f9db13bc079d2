import { createHash } from "node:crypto";
import { clipText, linksOf, type Notification } from "#domain/notification.ts";

export interface EmailMessage {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Mail programs put what names the same reference into one conversation. */
  references: string;
  headers: Record<string, string>;
}

const listedAlerts = 50;

/** The subject stays the same from open to resolve, as conversations ask for; the state stands in the first line. */
export function emailMessage(notification: Notification, publicUrl: string): EmailMessage {
  const host = URL.parse(publicUrl)?.hostname || "tidemark.invalid";
  const root = `<${digest(notification.threadKey)}@${host}>`;
  const links = linksOf(notification, publicUrl);
  const lines = linesOf(notification);
  const alerts = notification.alerts.slice(0, listedAlerts).map((alert) => ({
    text: clipText(alert.annotations.summary || alert.labels.alertname || alert.fingerprint, 500),
    status: alert.status,
  }));
  const more = notification.alerts.length - alerts.length;
  const actions = [
    ["Open", links.main],
    ...(links.acknowledge && notification.status === "firing" ? [["Acknowledge", links.acknowledge]] : []),
    ...(notification.status === "firing" ? [["Silence", links.silence]] : []),
  ] as [string, string][];
  const plain = [
    ...lines,
    "",
    ...alerts.map((alert) => `${alert.status === "resolved" ? "resolved" : "firing  "}  ${alert.text}`),
    ...(more > 0 ? [`and ${more} more`] : []),
    "",
    ...actions.map(([name, url]) => `${name}: ${url}`),
  ];
  return {
    subject: clipText(oneLine(`[${notification.severity}] ${notification.title}`), 200),
    text: plain.join("\n"),
    html: [
      '<!doctype html><html><body style="font-family:sans-serif">',
      ...lines.map((line, index) => (index === 0 ? `<h2>${escapeHtml(line)}</h2>` : `<p>${escapeHtml(line)}</p>`)),
      "<ul>",
      ...alerts.map((alert) => `<li>${alert.status === "resolved" ? "✓ " : ""}${escapeHtml(alert.text)}</li>`),
      ...(more > 0 ? [`<li>and ${more} more</li>`] : []),
      "</ul><p>",
      actions.map(([name, url]) => `<a href="${escapeHtml(url)}">${name}</a>`).join(" · "),
      "</p></body></html>",
    ].join("\n"),
    messageId: `<${digest(notification.dedupKey)}@${host}>`,
    references: root,
    headers: {
      "X-Tidemark-Dedup-Key": clipText(oneLine(notification.dedupKey), 500),
      "Auto-Submitted": "auto-generated",
    },
  };
}

function linesOf({ kind, status, title, incident, commonAnnotations }: Notification): string[] {
  const state =
    kind === "test" ? "Test" : status === "resolved" ? "Resolved" : kind === "acknowledge" ? "Acknowledged" : "Firing";
  return [
    `${state}: ${clipText(title, 500)}`,
    ...(kind === "escalate" ? ["Nobody has acknowledged it yet."] : []),
    ...(kind === "repeat" ? ["It is still going on."] : []),
    ...(incident?.cause ? [`Likely cause: ${clipText(incident.cause, 1_000)}`] : []),
    ...(incident ? [`Since ${incident.since}`] : []),
    ...(incident && incident.hours.affected > 0
      ? [`Hours: ${incident.hours.affected} affected, ${incident.hours.recovered} recovered`]
      : []),
    ...(commonAnnotations.runbook ? [`Runbook: ${clipText(commonAnnotations.runbook, 500)}`] : []),
  ];
}

/** A header is one line, whatever a title holds. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return text.replace(/[\x00-\x1f\x7f\u2028\u2029]+/g, " ");
}

function digest(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 40);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

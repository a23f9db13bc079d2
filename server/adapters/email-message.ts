import { createHash } from "node:crypto";
import { html } from "hono/html";
import type { SloDigestJson } from "#domain/api/slo-digest.ts";
import { incidentLines } from "#domain/notification/incident-lines.ts";
import { clipText, linksOf, type Notification } from "#domain/notification.ts";
import { digestHtml, digestText } from "#domain/slo/digest.ts";

export interface EmailMessage {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Mail clients group messages with the same reference into one conversation; null: standalone. */
  references: string | null;
  headers: Record<string, string>;
}

const listedAlerts = 50;

/** The subject stays the same from open to resolve, to keep the conversation; the first line has the state. */
export function emailMessage(notification: Notification, publicUrl: string): EmailMessage {
  const host = URL.parse(publicUrl)?.hostname || "tidemark.invalid";
  if (notification.digest) return digestMessage(notification, notification.digest, { host, publicUrl });
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
    html: String(html`<!doctype html><html><body style="font-family:sans-serif">
<h2>${lines[0]}</h2>
${lines.slice(1).map((line) => html`<p>${line}</p>`)}
<ul>
${alerts.map(({ status, text }) => html`<li>${status === "resolved" ? "✓ " : ""}${text}</li>`)}
${more > 0 && html`<li>and ${more} more</li>`}
</ul>
<p>${actions.map(([name, url], index) => html`${index > 0 ? " · " : ""}<a href="${url}">${name}</a>`)}</p>
</body></html>`),
    references: root,
    ...identify(notification, host),
  };
}

/** A digest is its own email: it is complete, and nothing is added later. */
function digestMessage(
  notification: Notification,
  digest: SloDigestJson,
  { host, publicUrl }: { host: string; publicUrl: string },
): EmailMessage {
  return {
    subject: clipText(oneLine(digest.subject), 200),
    text: digestText(digest, publicUrl),
    html: digestHtml(digest, publicUrl),
    references: null,
    ...identify(notification, host),
  };
}

/** The same for every attempt and replay: mail systems drop duplicates. */
function identify({ dedupKey }: Notification, host: string): Pick<EmailMessage, "messageId" | "headers"> {
  return {
    messageId: `<${digest(dedupKey)}@${host}>`,
    headers: {
      "X-Tidemark-Dedup-Key": clipText(oneLine(dedupKey), 500),
      "Auto-Submitted": "auto-generated",
    },
  };
}

function linesOf(notification: Notification): string[] {
  const { kind, status, title, commonAnnotations } = notification;
  const state =
    kind === "test" ? "Test" : status === "resolved" ? "Resolved" : kind === "acknowledge" ? "Acknowledged" : "Firing";
  return [
    `${state}: ${clipText(title, 500)}`,
    ...(kind === "escalate" ? ["Not acknowledged yet."] : []),
    ...(kind === "repeat" ? ["Still firing."] : []),
    ...incidentLines(notification).map(
      ({ name, text }) => `${name === null ? "" : `${name}: `}${clipText(text, 1_000)}`,
    ),
    ...(commonAnnotations.runbook_url ? [`Runbook: ${clipText(commonAnnotations.runbook_url, 500)}`] : []),
  ];
}

/** A header is one line, whatever a title contains. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return text.replace(/[\x00-\x1f\x7f\u2028\u2029]+/g, " ");
}

function digest(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 40);
}

import { incidentLines } from "#domain/notification/incident-lines.ts";
import { clipText, linksOf, type Notification } from "#domain/notification.ts";
import { stateWords } from "./state-words.ts";

/** Teams refuses larger messages: https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
const mostBytes = 28 * 1024;
const shrinking = [
  { alerts: 20, text: 1_000 },
  { alerts: 10, text: 300 },
  { alerts: 3, text: 100 },
];
const colours: Record<string, string> = { page: "Attention", ticket: "Warning", info: "Accent" };

type Element = Record<string, unknown>;

/** A message with one Adaptive Card, https://adaptivecards.io/explorer, in the envelope that Teams' workflows expect. */
export function teamsMessage(notification: Notification, publicUrl: string) {
  for (const { alerts, text } of shrinking) {
    const message = messageOf(notification, { publicUrl, alerts, text });
    if (Buffer.byteLength(JSON.stringify(message)) <= mostBytes) return message;
  }
  return messageOf({ ...notification, incident: null, commonAnnotations: {} }, { publicUrl, alerts: 0, text: 100 });
}

interface Bounds {
  publicUrl: string;
  alerts: number;
  text: number;
}

function messageOf(notification: Notification, { publicUrl, alerts, text }: Bounds) {
  const { status, severity, commonAnnotations } = notification;
  const title = `${stateWords(notification)}: ${clipText(notification.title, Math.max(text, 200))}`;
  const lines = incidentLines(notification).map((line) => row(line.name, clipText(line.text, text)));
  if (commonAnnotations.runbook_url) lines.push(row("Runbook", clipText(commonAnnotations.runbook_url, 500)));
  const listed = notification.alerts.slice(0, alerts).map((alert) => {
    const said = alert.annotations.summary || alert.labels.alertname || alert.fingerprint;
    return row(null, `${alert.status === "resolved" ? "✓" : "•"} ${clipText(said, text)}`);
  });
  const left = notification.alerts.length - listed.length;
  if (left > 0) listed.push(row(null, `and ${left} more`));
  const colour = status === "resolved" ? "Good" : (colours[severity] ?? "Default");
  const heading = run(title, { weight: "Bolder", size: "Medium", color: colour });
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          // What phones show of it, and screen readers say.
          fallbackText: title,
          speak: title,
          msteams: { width: "Full" },
          body: [block([heading]), ...lines, ...listed],
          actions: actionsOf(notification, publicUrl),
        },
      },
    ],
  };
}

function actionsOf(notification: Notification, publicUrl: string): Element[] {
  const { main, acknowledge, silence } = linksOf(notification, publicUrl);
  const open = (title: string, url: string) => ({ type: "Action.OpenUrl", title, url: url.slice(0, 2_000) });
  if (notification.status === "resolved") return [open("Open", main)];
  const isOpen = notification.kind !== "acknowledge" && notification.incident?.state === "open";
  return [
    open("Open", main),
    ...(acknowledge && isOpen ? [open("Acknowledge", acknowledge)] : []),
    open("Silence", silence),
  ];
}

function row(name: string | null, text: string): Element {
  return block([...(name === null ? [] : [run(`${name}: `, { weight: "Bolder" })]), run(text)]);
}

/** Rich text, in which a name with `*` or `[…](…)` stays what it is. */
function block(inlines: Element[]): Element {
  return { type: "RichTextBlock", spacing: "Small", inlines };
}

function run(text: string, style: Element = {}): Element {
  return { type: "TextRun", text, ...style };
}

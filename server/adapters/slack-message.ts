import { incidentLines } from "#domain/notification/incident-lines.ts";
import { acknowledgeAction, acknowledgeValue } from "#domain/notification/slack-action.ts";
import { clipText, linksOf, type Notification } from "#domain/notification.ts";
import { stateWords } from "./state-words.ts";

/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks and chat.postMessage. */
const slackLimits = { blocks: 50, header: 150, section: 3_000, button: 75, url: 3_000, text: 4_000, fields: 10 };
const listedAlerts = 20;
const marks: Record<string, string> = { page: ":rotating_light:", ticket: ":warning:", info: ":information_source:" };

type Block = Record<string, unknown>;

export interface SlackMessage {
  text: string;
  blocks: Block[];
  metadata: { event_type: string; event_payload: { dedup_key: string } };
}

interface Ways {
  /** Slack sends clicks back: "Acknowledge" is a button, instead of a link. */
  acknowledges?: boolean;
  /** The message says that the severity was raised to this. */
  raisedTo?: string | null;
}

/** The text beside the blocks is for phone notifications and screen readers. */
export function slackMessage(notification: Notification, publicUrl: string, ways: Ways = {}): SlackMessage {
  const state = ways.raisedTo ? `Severity raised to ${ways.raisedTo}` : stateWords(notification);
  const title = `${state}: ${notification.title}`;
  const links = linksOf(notification, publicUrl);
  const blocks: Block[] = [
    header(`${notification.status === "resolved" ? "✓ " : ""}${title}`),
    ...summaryOf(notification),
    ...alertsOf(notification),
    buttons(notification.status === "resolved" ? { main: links.main } : links, {
      notification,
      acknowledges: ways.acknowledges === true,
    }),
    context(`${notification.receiver} · ${notification.groupKey}`),
  ];
  return {
    text: clipText(escapeSlack(`${marks[notification.severity] ?? ""} ${title}`.trim()), slackLimits.text),
    blocks: blocks.slice(0, slackLimits.blocks),
    metadata: { event_type: "tidemark_notification", event_payload: { dedup_key: notification.dedupKey } },
  };
}

function summaryOf(notification: Notification): Block[] {
  const { commonAnnotations } = notification;
  const lines = incidentLines(notification).map(
    ({ name, text }) => `${name === null ? "" : `*${name}:* `}${escapeSlack(text)}`,
  );
  if (commonAnnotations.runbook_url) lines.push(`*Runbook:* ${escapeSlack(commonAnnotations.runbook_url)}`);
  return lines.length > 0 ? [section(lines.join("\n"))] : [];
}

/** As many lines as fit a section; the rest is counted. */
function alertsOf({ alerts }: Notification): Block[] {
  const lines: string[] = [];
  let length = 0;
  for (const alert of alerts.slice(0, listedAlerts)) {
    const text = alert.annotations.summary || alert.labels.alertname || alert.fingerprint;
    const line = `${alert.status === "resolved" ? "✓" : "•"} ${clipText(escapeSlack(text), 400)}`;
    if (length + line.length > slackLimits.section - 100) break;
    lines.push(line);
    length += line.length + 1;
  }
  const left = alerts.length - lines.length;
  if (left > 0) lines.push(`_and ${left} more_`);
  return lines.length > 0 ? [section(lines.join("\n"))] : [];
}

function buttons(
  links: { main: string; acknowledge?: string | null; silence?: string },
  { notification, acknowledges }: { notification: Notification; acknowledges: boolean },
): Block {
  const value = acknowledgeValue(notification);
  const button = (text: string, url: string) => ({
    type: "button",
    text: { type: "plain_text", text: clipText(text, slackLimits.button) },
    url: url.slice(0, slackLimits.url),
  });
  return {
    type: "actions",
    elements: [
      button("Open", links.main),
      ...(links.acknowledge && value !== null
        ? [acknowledges ? acknowledgeButton(value) : button("Acknowledge", links.acknowledge)]
        : []),
      ...(links.silence ? [button("Silence", links.silence)] : []),
    ],
  };
}

/** Slack sends a click on it to POST /api/v1/integrations/slack/interactions. */
function acknowledgeButton(value: string): Block {
  const text = { type: "plain_text", text: "Acknowledge" };
  return { type: "button", action_id: acknowledgeAction, value, style: "primary", text };
}

function header(text: string): Block {
  return { type: "header", text: { type: "plain_text", text: clipText(text, slackLimits.header), emoji: true } };
}

function section(text: string): Block {
  return { type: "section", text: { type: "mrkdwn", text: clipText(text, slackLimits.section) } };
}

function context(text: string): Block {
  return { type: "context", elements: [{ type: "mrkdwn", text: clipText(escapeSlack(text), 500) }] };
}

/** Escapes Slack's control characters; `<!channel>` in a name pings no one. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

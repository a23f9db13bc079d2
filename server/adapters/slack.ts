import { severities } from "#domain/alert-rule.ts";
import type { Notification, SendOutcome } from "#domain/notification.ts";
import { type HttpAnswer, outcomeOf } from "./post-http.ts";
import { sendJson, type Way } from "./send-json.ts";
import { slackMessage } from "./slack-message.ts";

export type SlackTarget = Way & {
  publicUrl: string;
  /** Slack sends clicks back: a button acknowledges, instead of a link. */
  acknowledges?: boolean;
} & (
    | { webhookUrl: string }
    | {
        token: string;
        channel: string;
        /** https://slack.com/api */
        apiUrl: string;
        /**
         * Slack's id of the thread's message, to edit it instead of posting again, and the severity that it was last given; null: from
         * before severities were kept.
         */
        posted: { ts: string; channel: string; severity: string | null } | null;
      }
  );

/** An incoming webhook posts; a bot token can also edit: one incident is one message that changes. */
export async function sendSlack(target: SlackTarget, notification: Notification): Promise<SendOutcome> {
  const severity = severityOf(notification);
  const isWorse = "posted" in target && target.posted !== null && isRaised(target.posted.severity, severity);
  const acknowledges = target.acknowledges === true;
  const message = slackMessage(notification, target.publicUrl, { acknowledges });
  if ("webhookUrl" in target) {
    const { metadata: _, ...body } = message;
    return sendJson(target, { url: target.webhookUrl, body });
  }
  const call = (method: string, body: object) => {
    const url = `${target.apiUrl.replace(/\/+$/, "")}/${method}`;
    const headers = { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${target.token}` };
    return sendJson(target, { url, headers, body }, (answer) => outcomeOfApi(severity, answer));
  };
  const { posted } = target;
  if (!posted) return call("chat.postMessage", { channel: target.channel, ...message });
  const edited = await call("chat.update", { channel: posted.channel, ts: posted.ts, ...message });
  if (edited.outcome === "permanent" && notEditable.test(edited.detail)) {
    return call("chat.postMessage", { channel: target.channel, ...message });
  }
  // An edit notifies no one: what must alert again is also posted in the message's thread.
  if (edited.outcome !== "sent" || !(isWorse || isHeardAgain(notification))) return edited;
  const again = slackMessage(notification, target.publicUrl, { acknowledges, raisedTo: isWorse ? severity : null });
  // A raised severity is shown in the channel too: whoever does not follow the thread must see it.
  const where = { channel: posted.channel, thread_ts: posted.ts, ...(isWorse && { reply_broadcast: true }) };
  const said = await call("chat.postMessage", { ...where, ...again });
  return said.outcome === "sent" ? edited : said;
}

const notEditable = /message_not_found|cant_update_message|edit_window_closed|channel_not_found/;
const passing =
  /ratelimited|rate_limited|internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org/;

/** An incident's severity never falls; a message without one has that of its alerts. */
function severityOf({ incident, severity }: Notification): string {
  return incident?.severity ?? severity;
}

/** Worst first; -1: none that is known. */
function isRaised(before: string | null, now: string): boolean {
  const rank = (severity: string | null) => (severities as readonly (string | null)[]).indexOf(severity);
  return rank(now) >= 0 && rank(now) < rank(before);
}

function isHeardAgain({ kind, status }: Notification): boolean {
  return status === "firing" && (kind === "repeat" || kind === "escalate");
}

/** Slack's API answers 200 to refused calls too: `ok` decides. */
function outcomeOfApi(severity: string, answer: HttpAnswer): SendOutcome {
  if (answer.status !== 200) return outcomeOf(answer);
  const said = readAnswer(answer.text);
  if (said.ok) {
    const receipt = said.ts && said.channel ? { receipt: { ts: said.ts, channel: said.channel, severity } } : {};
    return { outcome: "sent", status: 200, detail: "Accepted by Slack.", ...receipt };
  }
  const detail = `Rejected by Slack: ${said.error ?? "no reason given"}.`;
  if (!said.error || passing.test(said.error)) return { outcome: "retryable", status: 200, detail };
  return { outcome: "permanent", status: 200, detail };
}

/** Even an answer truncated at 16 KiB has the relevant fields in its first bytes. */
function readAnswer(text: string): { ok: boolean; error?: string; ts?: string; channel?: string } {
  const field = (name: string) => new RegExp(`"${name}"\\s*:\\s*"([^"]{1,100})"`).exec(text)?.[1];
  const ok = /^\s*\{\s*"ok"\s*:\s*true/.test(text) || /"ok"\s*:\s*true/.test(text.slice(0, 2_000));
  const [error, ts, channel] = [field("error"), field("ts"), field("channel")];
  return { ok, ...(error ? { error } : {}), ...(ts ? { ts } : {}), ...(channel ? { channel } : {}) };
}

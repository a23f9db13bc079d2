import type { Notification, SendOutcome } from "#domain/notification.ts";
import { type HttpAnswer, outcomeOf, outcomeOfFailure, postHttp } from "./post-http.ts";
import { slackMessage } from "./slack-message.ts";

export type SlackTarget = {
  publicUrl: string;
  timeoutMs?: number;
} & (
  | { webhookUrl: string }
  | {
      token: string;
      channel: string;
      /** https://slack.com/api */
      apiUrl: string;
      /** Slack's id of the thread's message, to edit it instead of posting again. */
      posted: { ts: string; channel: string } | null;
    }
);

/** An incoming webhook posts; a bot token can also edit: one incident is one message that changes. */
export async function sendSlack(target: SlackTarget, notification: Notification): Promise<SendOutcome> {
  const message = slackMessage(notification, target.publicUrl);
  const timeout = target.timeoutMs === undefined ? {} : { timeoutMs: target.timeoutMs };
  try {
    if ("webhookUrl" in target) {
      const { metadata: _, ...body } = message;
      const answer = await postHttp({
        url: target.webhookUrl,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        allowPrivate: true,
        ...timeout,
      });
      return outcomeOf(answer);
    }
    const call = async (method: string, body: object) =>
      outcomeOfApi(
        await postHttp({
          url: `${target.apiUrl.replace(/\/+$/, "")}/${method}`,
          headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${target.token}` },
          body: JSON.stringify(body),
          allowPrivate: true,
          ...timeout,
        }),
      );
    const { posted } = target;
    if (!posted) return await call("chat.postMessage", { channel: target.channel, ...message });
    const edited = await call("chat.update", { channel: posted.channel, ts: posted.ts, ...message });
    if (edited.outcome === "permanent" && notEditable.test(edited.detail)) {
      return await call("chat.postMessage", { channel: target.channel, ...message });
    }
    // An edit notifies no one: what must alert again is also posted in the message's thread.
    if (edited.outcome !== "sent" || !isHeardAgain(notification)) return edited;
    const said = await call("chat.postMessage", { channel: posted.channel, thread_ts: posted.ts, ...message });
    return said.outcome === "sent" ? edited : said;
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

const notEditable = /message_not_found|cant_update_message|edit_window_closed|channel_not_found/;
const passing =
  /ratelimited|rate_limited|internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org/;

function isHeardAgain({ kind, status }: Notification): boolean {
  return status === "firing" && (kind === "repeat" || kind === "escalate");
}

/** Slack's API answers 200 to refused calls too: `ok` decides. */
function outcomeOfApi(answer: HttpAnswer): SendOutcome {
  if (answer.status !== 200) return outcomeOf(answer);
  const said = readAnswer(answer.text);
  if (said.ok) {
    const receipt = said.ts && said.channel ? { receipt: { ts: said.ts, channel: said.channel } } : {};
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

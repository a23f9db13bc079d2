import type { SecretRef } from "#domain/channel.ts";
import type { Clock } from "#domain/clock.ts";
import type { EgressRules } from "#domain/egress.ts";
import { webhookBody } from "#domain/notification/webhook-body.ts";
import { type SendOutcome, withRunbookUrls } from "#domain/notification.ts";
import { sendAlertmanager } from "#server/adapters/alertmanager.ts";
import { openEgress } from "#server/adapters/egress.ts";
import { sendEmail } from "#server/adapters/email.ts";
import { sendOpsgenie } from "#server/adapters/opsgenie.ts";
import { sendPagerduty } from "#server/adapters/pagerduty.ts";
import { sendSlack } from "#server/adapters/slack.ts";
import { sendTeams } from "#server/adapters/teams.ts";
import { sendWebhook } from "#server/adapters/webhook.ts";
import type { Send, SendRequest } from "#server/notifications/index.ts";

export interface SenderSettings {
  publicUrl: string;
  clock: Clock;
  /** null if the variable is unset. */
  readSecret(name: string): string | null;
  /** Where it may be sent. */
  egress: EgressRules;
  /** Unset: Slack's own. */
  slackApiUrl?: string;
  /** For one exchange, in real milliseconds; unset: each adapter's default. */
  timeoutMs?: number;
}

/** The channel was of another type when this was decided. */
const noMail: SendOutcome = {
  outcome: "permanent",
  detail: "The channel is no longer of type email, which a monthly digest needs.",
};

/** The one way to all channels. A missing secret is no failure of the receiver: it is retried, in case it gets set. */
export function createSend(settings: SenderSettings): Send {
  return async (request) => {
    if (request.notification.digest && request.channel.type !== "email") return noMail;
    const missing: string[] = [];
    const secret = (ref: SecretRef): string => {
      const value = settings.readSecret(ref.env);
      if (value === null) missing.push(ref.env);
      return value ?? "";
    };
    const sending = prepare(settings, request, secret);
    if (missing.length > 0) return missingSecret(missing);
    return sending();
  };
}

function prepare(
  { publicUrl, clock, timeoutMs, egress: rules, slackApiUrl = "https://slack.com/api" }: SenderSettings,
  { channel, notification: decided, posted }: SendRequest,
  secret: (ref: SecretRef) => string,
): () => Promise<SendOutcome> {
  const notification = withRunbookUrls(decided, publicUrl);
  const way = {
    egress: openEgress(rules, channel.type !== "webhook" || channel.allowPrivate),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  if (channel.type === "pagerduty") {
    const target = { url: channel.url, routingKey: secret(channel.routingKey), publicUrl, ...way };
    return () => sendPagerduty(target, notification);
  }
  if (channel.type === "opsgenie") {
    const { url, responders } = channel;
    const priority = posted?.priority ?? null;
    const target = { url, apiKey: secret(channel.apiKey), responders, priority, publicUrl, ...way };
    return () => sendOpsgenie(target, notification);
  }
  if (channel.type === "teams") {
    const target = { webhookUrl: secret(channel.url), publicUrl, ...way };
    return () => sendTeams(target, notification);
  }
  if (channel.type === "slack") {
    const acknowledges = channel.signingSecret !== undefined;
    if (channel.url) {
      const webhookUrl = secret(channel.url);
      return () => sendSlack({ webhookUrl, publicUrl, acknowledges, ...way }, notification);
    }
    const token = channel.token ? secret(channel.token) : "";
    const { ts, channel: postedIn, severity = null } = posted ?? {};
    const message = ts && postedIn ? { ts, channel: postedIn, severity } : null;
    const target = {
      token,
      channel: channel.channel ?? "",
      apiUrl: slackApiUrl,
      posted: message,
      publicUrl,
      acknowledges,
      ...way,
    };
    return () => sendSlack(target, notification);
  }
  if (channel.type === "webhook") {
    const url = typeof channel.url === "string" ? channel.url : secret(channel.url);
    const secrets = channel.secrets.map(secret);
    const body = JSON.stringify(webhookBody(notification, publicUrl));
    const message = { url, id: notification.dedupKey, body, secrets, ...way };
    return () => sendWebhook(message);
  }
  if (channel.type === "email") {
    const { smtp, to } = channel;
    const password = smtp.password ? secret(smtp.password) : null;
    const from = channel.from ?? `Tidemark <tidemark@${URL.parse(publicUrl)?.hostname ?? "localhost"}>`;
    return () => sendEmail({ to, from, smtp, password, publicUrl, ...way }, notification);
  }
  const { basicAuth, url } = channel;
  const credentials = basicAuth && { username: basicAuth.username, password: secret(basicAuth.password) };
  const now = new Date();
  const productNow = clock.now();
  const toReal = (at: Date) => new Date(now.getTime() + clock.toRealMs(at.getTime() - productNow.getTime()));
  return () => sendAlertmanager({ url, basicAuth: credentials ?? null, publicUrl, toReal, now, ...way }, notification);
}

function missingSecret(names: string[]): SendOutcome {
  const variables = [...new Set(names)].join(", ");
  const detail = `${variables} is not set in the notify worker's environment. Set it and restart Tidemark.`;
  return { outcome: "retryable", detail };
}

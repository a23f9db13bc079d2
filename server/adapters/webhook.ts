import { Webhook } from "standardwebhooks";
import type { SendOutcome } from "#domain/notification.ts";
import { sendJson, type Way } from "./send-json.ts";

export interface WebhookMessage extends Way {
  url: string;
  /** Identifies the message over retries: `webhook-id`, which receivers deduplicate by. */
  id: string;
  /** JSON. */
  body: string;
  /** All sign, the current one first: a receiver that knows one accepts it. Empty: unsigned. */
  secrets: readonly string[];
  /** Real time, which receivers check against their clock. */
  now?: Date;
}

/** One POST, signed per Standard Webhooks: everything but 2xx is retried, except 410 ("never again") and redirects. */
export async function sendWebhook(message: WebhookMessage): Promise<SendOutcome> {
  const now = message.now ?? new Date();
  let signature: string;
  try {
    signature = message.secrets.map((secret) => new Webhook(secret).sign(message.id, now, message.body)).join(" ");
  } catch {
    return {
      outcome: "permanent",
      detail:
        "A secret of the channel is not a Standard Webhooks secret: whsec_ followed by 24 to 64 random bytes in base64.",
    };
  }
  const headers = {
    "webhook-id": message.id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    ...(signature === "" ? {} : { "webhook-signature": signature }),
  };
  return outcomeOfWebhook(await sendJson(message, { url: message.url, headers, body: message.body }));
}

/** A 404 may be a receiver that is being deployed. */
function outcomeOfWebhook(outcome: SendOutcome): SendOutcome {
  const status = outcome.status ?? 0;
  if (outcome.outcome !== "permanent" || status === 410 || status < 400) return outcome;
  return { ...outcome, outcome: "retryable" };
}

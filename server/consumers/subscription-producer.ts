import type { SendOutcome } from "#domain/notification.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type Attempt, type Producer, sendWithin } from "#server/outbox/index.ts";
import { type MessageFigures, messageColumns, readFigures } from "./message-figures.ts";
import { type Message, webhookBody } from "./webhook-body.ts";
import { secretPlace } from "./webhook-secret.ts";

export interface SubscriptionPost {
  url: string;
  /** The webhook-id. */
  id: string;
  body: string;
  /** All sign; the current one first. */
  secrets: string[];
  allowPrivate: boolean;
}

/** The notifying process's context beyond every use case's. */
export interface SubscriptionContext extends Context {
  readonly post: (message: SubscriptionPost) => Promise<SendOutcome>;
  /** Prefix of `readyUrl`. */
  readonly publicUrl: string;
}

interface Target {
  subscriptionId: string;
  url: string;
  allowPrivate: boolean;
  secret: string;
  previousSecret: string | null;
  previousSecretUntil: Date | null;
}

/** Sends consumers' webhooks their messages. */
export function subscriptionProducer(ctx: SubscriptionContext): Producer {
  return { name: "subscription", attempt: ({ dedupKey }) => attempt(ctx, dedupKey) };
}

async function attempt(ctx: SubscriptionContext, id: string): Promise<Attempt> {
  const message = await loadMessage(ctx.database.sql, id);
  if (!message)
    return {
      outcome: { outcome: "withdrawn", detail: "The webhook was ended, or what it says was dropped with its hour." },
      retry: null,
    };
  const { url, allowPrivate } = message;
  const body = webhookBody(message, ctx.publicUrl);
  return {
    outcome: await sendWithin(async () => ctx.post({ url, id, body, secrets: secretsOf(ctx, message), allowPrivate })),
    retry: "webhook",
  };
}

/** Throws SecretUnreadable if the current one cannot be opened; a previous one that cannot be is left out. */
function secretsOf({ database, clock }: SubscriptionContext, target: Target): string[] {
  const { subscriptionId, secret, previousSecret, previousSecretUntil } = target;
  const place = secretPlace(subscriptionId);
  const current = database.secrets.open(place, secret);
  const isBothSigned = previousSecretUntil !== null && previousSecretUntil > clock.now();
  const previous = isBothSigned && previousSecret !== null ? database.secrets.tryOpen(place, previousSecret) : null;
  return previous === null ? [current] : [current, previous];
}

async function loadMessage(sql: Sql, id: string): Promise<(Message & Target) | null> {
  const { rows } = await sql.query<Omit<Message, "before" | "after"> & MessageFigures & Target>(
    `SELECT m.id, t.name AS "eventType", c.name AS consumer, m.hour, m.event, m.run_hours AS "runHours", m.day, m.zone,
            ARRAY(SELECT e.name FROM event_type e WHERE e.id = ANY (s.day_event_type_ids) ORDER BY e.name) AS "dayEventTypes",
            m.revision, m.previous_revision AS "previousRevision", ${messageColumns}, m.queued_at AS "queuedAt", s.id AS "subscriptionId", s.url,
            s.allow_private AS "allowPrivate", s.secret, s.previous_secret AS "previousSecret",
            s.previous_secret_until AS "previousSecretUntil"
       FROM subscription_message m
       JOIN subscription s ON s.id = m.subscription_id
       JOIN consumer c ON c.id = s.consumer_id
       JOIN event_type t ON t.id = s.event_type_id
      WHERE m.id = $1`,
    [id],
  );
  return rows[0] ? { ...rows[0], ...readFigures(rows[0]) } : null;
}

import { everywhere } from "#domain/egress.ts";
import { openEgress } from "#server/adapters/egress.ts";
import { sendWebhook } from "#server/adapters/webhook.ts";
import type { SubscriptionContext } from "#server/consumers/index.ts";

/** Receivers of tests listen on loopback. */
export const anywhere = openEgress(everywhere);

export const postAnywhere: SubscriptionContext["post"] = ({ allowPrivate, ...message }) =>
  sendWebhook({ ...message, egress: openEgress(everywhere, allowPrivate) });

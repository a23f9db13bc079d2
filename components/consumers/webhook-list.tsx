import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { eventsText, healthText, hostOf, isInTrouble, webhookHref } from "./webhook-words.ts";

/** A consumer's webhooks, each with its status. */
export function WebhookList({ webhooks, asOf }: { webhooks: readonly SubscriptionJson[]; asOf?: string | undefined }) {
  return (
    <ul className={page.list}>
      {webhooks.map((webhook) => (
        <li key={webhook.id}>
          <PageLink href={webhookHref(webhook.id)}>{hostOf(webhook)}</PageLink>{" "}
          <span className={page.quiet}>{eventsText(webhook)}</span>
          <br />
          <span className={isInTrouble(webhook) ? page.trouble : page.quiet}>
            {isInTrouble(webhook) && "▲ "}
            {webhook.lastMessage && (
              <>
                <Time at={webhook.lastMessage.deliveredAt ?? webhook.lastMessage.queuedAt} relativeTo={asOf} />:{" "}
              </>
            )}
            {healthText(webhook)}
          </span>
        </li>
      ))}
    </ul>
  );
}

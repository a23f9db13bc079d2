"use client";

import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMayChange } from "#components/access/use-may.ts";
import { consumerLists, webhookQueries, webhooks } from "#components/api/webhooks.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

/** Rotates the secret, and deletes the webhook. */
export function WebhookActs({
  webhook: { id, consumer, owner, waiting, previousSecretUntil },
  asOf,
}: {
  webhook: SubscriptionJson;
  asOf: string;
}) {
  const may = useMayChange(owner);
  const rotate = useAct(() => webhooks.rotateSecret(id), { rereads: [webhookQueries.subscription(id).queryKey] });
  const remove = useAct(() => webhooks.remove(id), {
    says: "Webhook deleted.",
    rereads: consumerLists,
    leadsTo: "/consumers",
  });
  return (
    <>
      {rotate.data && <WebhookSecret key={rotate.data.secret} secret={rotate.data.secret} />}
      <Section id="change" title="Rotate or delete">
        <p>
          A new secret signs from now on. The old one also signs for 24 hours, so that the receiver can switch without
          losing a message.
          {previousSecretUntil !== null && previousSecretUntil > asOf && (
            <>
              {" "}
              Both sign until <Time at={previousSecretUntil} relativeTo={asOf} />.
            </>
          )}{" "}
          Deleting the webhook deletes its messages{waiting > 0 && `, including ${formatCount(waiting)} waiting`}.
        </p>
        {may === false && <SignInToAct scope="write" to="rotate the secret or delete the webhook" owner={owner} />}
        {may && (
          <div className={page.row}>
            <ConfirmButton name="Rotate secret" confirm="Create a new secret" act={rotate} />
            <ConfirmButton
              name="Delete webhook"
              confirm={`Stop notifying ${consumer}`}
              act={remove}
              disabled={remove.isSuccess}
            />
          </div>
        )}
        <Refusal error={rotate.error ?? remove.error} />
      </Section>
    </>
  );
}

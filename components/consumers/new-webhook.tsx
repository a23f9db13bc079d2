"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { consumerLists, webhookQueries, webhooks } from "#components/api/webhooks.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { useAct } from "#components/ui/use-act.ts";
import { mayChange } from "#domain/access/may-change.ts";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import { startWith } from "./start-with.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";
import { webhookHref } from "./webhook-words.ts";

interface NewWebhookProps {
  consumers: ListJson<ConsumerJson>;
  /** The initial selection. */
  eventType: string;
  consumer: string;
}

/** Creates a webhook for a consumer. Its secret is shown here, once. */
export function NewWebhook({ consumers: initial, eventType, consumer }: NewWebhookProps) {
  const may = useMay("write");
  const consumers = useQuery({ ...webhookQueries.consumers(), ...startWith(initial) });
  const { data: visitor } = useQuery(queries.visitor());
  const own = consumers.data.items.filter(({ owner }) => !visitor || mayChange(visitor.teams, owner));
  // A mutation's own state would be lost with the page; the secret is stored nowhere else either.
  const [secret, setSecret] = useState<{ id: string; secret: string } | null>(null);
  const create = useAct(webhooks.create, { done: setSecret, rereads: consumerLists });
  return (
    <article className={page.page}>
      <h1>{secret === null ? "New webhook" : "Webhook created"}</h1>
      {secret !== null ? (
        <WebhookSecret
          secret={secret.secret}
          next={
            <p>
              <Link href={webhookHref(secret.id)}>View webhook</Link>
            </p>
          }
        />
      ) : consumers.data.items.length === 0 ? (
        <Notice title="No registered consumers" level={2}>
          <p>
            A webhook needs a consumer. <Link href="/consumers#register">Register the job first</Link>.
          </p>
        </Notice>
      ) : (
        <>
          <p>
            A webhook posts a signed message when an hour is ready, is amended, or is final and not complete.{" "}
            <Link href="/docs/consumers">Reading complete hours</Link> shows the messages and a receiver.
          </p>
          <section className={page.card} aria-label="Webhook">
            {may === false ? (
              <SignInToAct scope="write" to="create webhooks" />
            ) : own.length === 0 ? (
              <p>Every consumer belongs to another team. Its members and administrators create its webhooks.</p>
            ) : (
              <WebhookForm
                consumers={own}
                first={{ eventType, consumer }}
                onSubmit={create.mutate}
                isPending={may === null || create.isPending}
                refusal={create.error}
              />
            )}
          </section>
        </>
      )}
    </article>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf, queries } from "#components/api/queries.ts";
import { webhookQueries } from "#components/api/webhooks.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import styles from "./consumers.module.css";
import { webhooksByConsumer } from "./directory-words.ts";
import { RegisterConsumer } from "./register-consumer.tsx";
import { sayNeeds } from "./say-needs.ts";
import { WebhookList } from "./webhook-list.tsx";
import { newWebhookHref } from "./webhook-words.ts";

/** Who depends on the type: who to call when its hours are in trouble, and whether their webhooks deliver. */
export function TypeConsumers({ eventType }: { eventType: string }) {
  const query = useQuery(queries.consumers(eventType));
  const failure = failureOf(query);
  return (
    <Section id="consumers" title="Consumers">
      {failure && <p className={page.quiet}>Couldn’t load the consumers. {failure}</p>}
      {query.isPending && <p className={page.quiet}>Loading the consumers…</p>}
      {query.data && <Consumers eventType={eventType} consumers={query.data.items} />}
    </Section>
  );
}

function Consumers({ eventType, consumers }: { eventType: string; consumers: readonly ConsumerJson[] }) {
  const webhooks = useQuery(webhookQueries.subscriptions(eventType));
  const failure = failureOf(webhooks);
  const of = webhooksByConsumer(webhooks.data?.items ?? []);
  if (consumers.length === 0) return <RegisterConsumer eventType={eventType} />;
  return (
    <>
      <ul className={styles.list}>
        {consumers.map((consumer) => (
          <li key={consumer.name}>
            <strong>{consumer.name}</strong>
            <span>{consumer.contact}</span>
            <span>
              <span className={page.quiet}>
                {consumer.description && `${consumer.description} `}
                {sayNeeds(consumer)}
              </span>
              {consumer.subscriptions > 0 && webhooks.data && <WebhookList webhooks={of(consumer)} />}
            </span>
          </li>
        ))}
      </ul>
      {failure && <p className={page.quiet}>Couldn’t load the webhooks. {failure}</p>}
      <p>
        <Link href={newWebhookHref({ eventType })}>New webhook</Link> ·{" "}
        <Link href={`/consumers?q=${encodeURIComponent(eventType)}`}>All consumers</Link>
      </p>
    </>
  );
}

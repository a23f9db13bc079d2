"use client";

import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue, useMemo, useState } from "react";
import type { ListJson } from "#components/api/client.ts";
import { webhookQueries } from "#components/api/webhooks.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ConsumerJson, SubscriptionJson } from "#domain/api/consumers.ts";
import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { ConsumerTable, drawnAtOnce } from "./consumer-table.tsx";
import { directorySentence, narrowConsumers, shownText } from "./directory-words.ts";
import { DiscoveredConsumers } from "./discovered-consumers.tsx";
import { type ChosenConsumer, RegisterForm } from "./register-form.tsx";
import { startWith } from "./start-with.ts";
import { newWebhookHref } from "./webhook-words.ts";

interface ConsumerDirectoryProps {
  consumers: ListJson<ConsumerJson>;
  subscriptions: ListJson<SubscriptionJson>;
  discovered: ListJson<DiscoveredConsumerJson>;
  asOf: string;
}

/** Who depends on what, what they need, who to call, and whether their webhooks deliver. */
export function ConsumerDirectory({ consumers, subscriptions, discovered, asOf }: ConsumerDirectoryProps) {
  const query = useQuery({ ...webhookQueries.consumers(), ...startWith(consumers) });
  const webhooks = useQuery({ ...webhookQueries.subscriptions(null), ...startWith(subscriptions) });
  const [filter, setFilter] = useQueryState("q", parseAsString.withDefault(""));
  const [chosen, choose] = useState<ChosenConsumer | null>(null);
  const all = query.data.items;
  // Typing comes first: the list is deferred.
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => narrowConsumers(all, webhooks.data.items, wanted), [all, webhooks.data.items, wanted]);
  const hasMore = query.data.nextCursor !== null;
  const isWhole = !hasMore && webhooks.data.nextCursor === null;
  return (
    <article className={page.page}>
      <PageHeading query={query} beside={webhooks}>
        Consumers
      </PageHeading>
      {all.length === 0 ? (
        <Notice title="No registered consumers" level={2}>
          <p>
            Register each job that reads hours, with a contact. Incidents and amended hours then list the affected
            consumers, and webhooks can notify them.
          </p>
        </Notice>
      ) : (
        <>
          {isWhole && <p>{directorySentence(all, webhooks.data.items)}</p>}
          <div className={page.row}>
            <TextInput
              label="Filter"
              type="search"
              value={filter}
              placeholder="type, name, contact, URL"
              onChange={({ target }) => void setFilter(target.value === "" ? null : target.value)}
            />
            <Button component={Link} href={newWebhookHref({})}>
              New webhook
            </Button>
            <Button component={Link} href="/ready" prefetch={false}>
              Is a day ready?
            </Button>
            <span className={page.quiet} role="status">
              {shownText({
                drawn: Math.min(drawnAtOnce, shown.length),
                matching: shown.length,
                all: all.length,
                hasMore,
              })}
            </span>
          </div>
          {shown.length > 0 ? (
            <ConsumerTable consumers={shown} webhooks={webhooks.data.items} asOf={asOf} onChange={choose} />
          ) : (
            <Notice title={`No ${hasMore ? "loaded " : ""}consumer matches “${wanted}”`} level={2}>
              <p>
                <Link href="/consumers">Show all consumers</Link>
              </p>
            </Notice>
          )}
        </>
      )}
      <DiscoveredConsumers initial={discovered} asOf={asOf} />
      <Section
        id="register"
        title={chosen ? `Change ${chosen.name}, which reads ${chosen.eventType}` : "Register a consumer"}
      >
        <RegisterForm
          key={chosen ? `${chosen.eventType} ${chosen.name}` : "new"}
          consumers={all}
          chosen={chosen}
          onForgotten={() => choose(null)}
        />
        {chosen && (
          <div className={page.row}>
            <Button onClick={() => choose(null)}>Register another consumer</Button>
          </div>
        )}
      </Section>
    </article>
  );
}
